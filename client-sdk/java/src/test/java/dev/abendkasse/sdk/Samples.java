package dev.abendkasse.sdk;

/** Answers of the API. */
final class Samples {

    static final String CART = """
            {"cartId": "0199d1f0-5a3c-7c11-9d0e-3f6a1c2b4d5e", "cartToken": "9dK2vQm1Zt0c8sYyqf3Jx5aLwR7uTnE4bHgPoiVXC6M",
             "shopId": "main", "state": "OPEN", "version": 1, "pickupCode": "7KQ2XM",
             "expiresAt": "2026-12-01T18:15:00Z", "items": [], "total": {"amount": 0, "currency": "EUR"},
             "buyer": {"email": "buyer@example.org", "name": "Jörg Müßig"}}""";

    static final String ORDER = """
            {"orderId": "0199d1f2-77aa-7b01-8c02-112233445566", "orderNumber": "100042", "shopId": "main",
             "state": "CONFIRMED", "paymentStatus": "PAID", "version": 3, "createdAt": "2026-12-01T18:05:12Z",
             "items": [{"itemId": "0199d1f0-5a3c-7c11-9d0e-3f6a1c2b4d60",
                        "performanceId": "0199d1e0-1111-7a11-8b22-0a1b2c3d4e5f", "category": "kategorie-a",
                        "categoryName": "Kategorie Ä", "priceType": "full",
                        "seat": {"seatId": "parkett-5-12", "section": "Parkett", "row": "5", "number": "12"},
                        "price": {"amount": 4950, "currency": "EUR"}}],
             "total": {"amount": 4950, "currency": "EUR"}, "paid": {"amount": 4950, "currency": "EUR"}, "paymentMethod": "CARD",
             "buyer": {"email": "buyer@example.org", "name": "Example Buyer"}}""";

    static final String CONFIRMED = """
            {"outcome": "CONFIRMED", "order": %s, "orderToken": "order-secret-0123456789"}""".formatted(ORDER);

    static final String PAYMENT_REQUIRED = """
            {"outcome": "PAYMENT_REQUIRED", "orderId": "0199d1f2-77aa-7b01-8c02-112233445566",
             "orderToken": "order-secret-0123456789",
             "payment": {"paymentId": "0199d1f2-77ab-7f00-9d11-aabbccddeeff", "state": "ACTION_REQUIRED",
                         "method": "CARD", "amount": {"amount": 9900, "currency": "EUR"},
                         "url": "https://pay.example.org/p/0199d1f2", "expiresAt": "2026-12-01T18:45:00Z"}}""";

    static final String RESERVED = """
            {"outcome": "RESERVED", "order": %s, "orderToken": "order-secret-0123456789",
             "payUntil": "2026-12-08T18:05:12Z"}""".formatted(ORDER);

    static final String UNDER_REVIEW = """
            {"outcome": "UNDER_REVIEW", "caseNumber": "1234567893",
             "orderId": "0199d1f2-77aa-7b01-8c02-112233445566", "orderToken": "order-secret-0123456789",
             "message": "Thank you for your order."}""";

    static final String REDIRECT = """
            {"outcome": "REDIRECT", "location": "https://shop.example.org/events"}""";

    private Samples() {}
}
