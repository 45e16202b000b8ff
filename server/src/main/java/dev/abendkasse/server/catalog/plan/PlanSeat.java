package dev.abendkasse.server.catalog.plan;

/**
 * One seat of a hall.
 *
 * @param seatId   the maker's id of the seat, unique in the hall
 * @param category name of one of the hall's categories
 * @param section  what the zone is called, or empty
 * @param row      the row's label, or its number where it has none; may be empty
 * @param number   the seat's number, dressed in the row's seat label where there is one; may be empty
 * @param x        absolute position, not relative to row and zone
 * @param y        absolute position, not relative to row and zone
 * @param rowIndex which row of the hall, counted from 0 over all zones
 * @param place    the place within the row, from 0: neighbours are one apart, seats across an aisle two. An aisle is
 *     where two seats that follow each other are more than one and a half times the row's median distance apart
 * @param rank     unique in the hall, 0 is offered first: row after row as the document lists them, and in each row
 *     from the middle outward
 */
public record PlanSeat(
        String seatId,
        String category,
        String section,
        String row,
        String number,
        double x,
        double y,
        int rowIndex,
        int place,
        int rank) {}
