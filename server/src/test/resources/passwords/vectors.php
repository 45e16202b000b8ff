<?php
/*
 * Makes php.json: hashes by PHP's own functions, put together as the shop systems do it, for LegacyVectorTests. The build does not
 * run it.
 *
 *     apt-get install php-cli
 *     php vectors.php > php.json
 */

const PASSWORDS = ['correct horse', "Grüße, \u{20ac} 5: \"99%\" \u{1f39f}", 'Ω-' . "0123456789", 'x'];

$vectors = [];

function add(string $format, string $name, string $password, string $hash, ?string $salt = null, ?string $parameters = null): void
{
    global $vectors;
    $vectors[] = compact('format', 'name', 'password', 'hash', 'salt', 'parameters');
}

function symfony(string $algorithm, int $iterations, string $password, string $salt): string
{
    $salted = $salt === '' ? $password : $password . '{' . $salt . '}';
    $digest = hash($algorithm, $salted, true);
    for ($i = 1; $i < $iterations; $i++) {
        $digest = hash($algorithm, $digest . $salted, true);
    }
    return $digest;
}

function shopware5(string $password, string $salt, int $iterations): string
{
    $hash = '';
    foreach (range(0, $iterations) as $round) {
        $hash = hash('sha256', $hash . $password . $salt);
    }
    return "$iterations:$salt:$hash";
}

function magentoArgon(string $data, string $salt, int $length, int $passes, int $memory): string
{
    $salt = substr(str_pad($salt, 16, $salt), 0, 16);
    return bin2hex(sodium_crypto_pwhash($length, $data, $salt, $passes, $memory, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13));
}

/** Six bits a character, the lowest first. */
function itoa64(string $bytes): string
{
    $alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    $text = '';
    $bits = 0;
    $held = 0;
    foreach (unpack('C*', $bytes) as $byte) {
        $held |= $byte << $bits;
        for ($bits += 8; $bits >= 6; $bits -= 6) {
            $text .= $alphabet[$held & 63];
            $held >>= 6;
        }
    }
    return $bits > 0 ? $text . $alphabet[$held & 63] : $text;
}

function drupal7(string $password, string $salt, int $log): string
{
    $alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    $hash = hash('sha512', $salt . $password, true);
    for ($i = 0; $i < 1 << $log; $i++) {
        $hash = hash('sha512', $hash . $password, true);
    }
    return substr('$S$' . $alphabet[$log] . $salt . itoa64($hash), 0, 55);
}

foreach (PASSWORDS as $password) {
    $salt = substr(bin2hex(random_bytes(16)), 0, 12);
    $mac = base64_encode(hash_hmac('sha384', $password, 'wp-sha384', true));
    add('wordpress', 'WordPress 6.8', $password, '$wp' . password_hash($mac, PASSWORD_BCRYPT, ['cost' => 4]));
    add('bcrypt', 'password_hash', $password, password_hash($password, PASSWORD_BCRYPT, ['cost' => 10]));
    if ($password === PASSWORDS[0]) {
        add('bcrypt', 'password_hash of cost 12', $password, password_hash($password, PASSWORD_BCRYPT, ['cost' => 12]));
    }
    if ($password === PASSWORDS[0]) {
        add('argon2', 'password_hash Argon2id', $password, password_hash($password, PASSWORD_ARGON2ID));
    }
    add('argon2', 'password_hash Argon2i', $password, password_hash($password, PASSWORD_ARGON2I, ['memory_cost' => 2048, 'time_cost' => 3]));
    add('argon2', 'sodium', $password, sodium_crypto_pwhash_str($password, 2, 8 << 20));
    add('md5-crypt', 'crypt', $password, crypt($password, '$1$' . substr($salt, 0, 8) . '$'));
    add('sha-crypt', 'crypt SHA-256', $password, crypt($password, '$5$' . $salt . '$'));
    add('sha-crypt', 'crypt SHA-512', $password, crypt($password, '$6$rounds=2345$' . $salt . '$'));

    add('md5-salt-first', 'osCommerce, xt:Commerce', $password, md5(substr($salt, 0, 2) . $password) . ':' . substr($salt, 0, 2));
    add('md5-salt-first', 'Magento 1', $password, md5($salt . $password) . ':' . $salt);
    add('sha256-salt-first', 'Magento 1 Enterprise', $password, hash('sha256', $salt . $password) . ':' . $salt);
    add('md5-salt-first', 'PrestaShop 1.6', $password, md5($salt . $password), $salt);
    add('md5-salt-last', 'Shopware 5 Md5', $password, md5($password . $salt) . ':' . $salt);
    add('opencart', 'OpenCart', $password, sha1($salt . sha1($salt . sha1($password))), $salt);
    add('shopware5', 'Shopware 5 Sha256', $password, shopware5($password, $salt, 1000));
    foreach (['sha512' => 5000, 'sha256' => 1, 'sha1' => 1] as $algorithm => $iterations) {
        $digest = symfony($algorithm, $iterations, $password, $salt);
        add('symfony', "Symfony $algorithm", $password, base64_encode($digest), $salt, "$algorithm:$iterations");
        add('symfony', "Symfony $algorithm in hex", $password, bin2hex($digest), $salt, "$algorithm:$iterations");
    }
    add('symfony', 'Symfony without a salt', $password, base64_encode(symfony('sha512', 5000, $password, '')));

    $md5 = md5($salt . $password);
    $sha256 = hash('sha256', $salt . $password);
    add('magento2', 'Magento 2 MD5', $password, "$md5:$salt:0");
    add('magento2', 'Magento 2 SHA-256', $password, "$sha256:$salt:1");
    add('magento2', 'Magento 2 SHA-256 over MD5', $password, hash('sha256', $salt . $md5) . ":$salt:0:1");
    if ($password === PASSWORDS[0]) {
        add('magento2', 'Magento 2 Argon2id', $password, magentoArgon($password, $salt, 32, 2, 67108864) . ":$salt:2");
    }
    $long = $salt . $salt . $salt;
    $over = magentoArgon(hash('sha256', $long . $password), $long, 32, 2, 67108864);
    if ($password === PASSWORDS[0]) {
        add('magento2', 'Magento 2 Argon2id over SHA-256', $password, "$over:$long:1:2");
    }
    add('magento2', 'Magento 2 Argon2id with its parameters', $password, magentoArgon($password, $long, 32, 2, 8388608) . ":$long:3_32_2_8388608");

    add('drupal7', 'Drupal 7', $password, drupal7($password, substr($salt, 0, 8), 8));
    if ($password === PASSWORDS[0]) {
        add('drupal7', 'Drupal 7 of 2^15 rounds', $password, drupal7($password, substr($salt, 0, 8), 15));
    }
    add('drupal7', 'Drupal 7 over Drupal 6', $password, 'U' . drupal7(md5($password), substr($salt, 0, 8), 11));
}

echo json_encode($vectors, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
