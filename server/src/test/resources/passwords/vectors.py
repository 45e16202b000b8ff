"""Makes passlib.json: hashes by passlib (bcrypt, argon2-cffi) and hashlib, for LegacyVectorTests. The build does not run it.

    apt-get install python3-passlib python3-bcrypt python3-argon2
    /usr/bin/python3 vectors.py > passlib.json

What passlib does not know (ASP.NET Core Identity, newer formats of Django) is framed here, over hashlib.
"""

import base64
import hashlib
import json
import os
import struct
import warnings

warnings.simplefilter("ignore")

from passlib import hash as passlib  # noqa: E402

PASSWORDS = ["correct horse", "Grüße, \u20ac 5: \"99%\" \U0001f39f", "p" * 100, "x"]

vectors = []


def add(form, name, password, stored, salt=None, parameters=None):
    vectors.append(
        {"format": form, "name": name, "password": password, "hash": stored, "salt": salt, "parameters": parameters}
    )


def hashes_of(form, name, handler, passwords=PASSWORDS):
    for password in passwords:
        add(form, name, password, handler.hash(password))


for ident in ["2a", "2b", "2y"]:
    hashes_of("bcrypt", "bcrypt " + ident, passlib.bcrypt.using(rounds=4, ident=ident, truncate_error=False))
hashes_of("bcrypt", "bcrypt of cost 10", passlib.bcrypt.using(rounds=10), PASSWORDS[:1])
for ident in ["P", "H"]:
    hashes_of("phpass", "phpass " + ident, passlib.phpass.using(rounds=8, ident=ident))
hashes_of("phpass", "WordPress", passlib.phpass.using(rounds=13), PASSWORDS[:1])
hashes_of("md5-crypt", "MD5-crypt", passlib.md5_crypt)
hashes_of("md5-crypt", "Apache's MD5-crypt", passlib.apr_md5_crypt)
hashes_of("md5-crypt", "MD5-crypt with a short salt", passlib.md5_crypt.using(salt_size=2))
hashes_of("sha-crypt", "SHA-256-crypt", passlib.sha256_crypt.using(rounds=1000))
hashes_of("sha-crypt", "SHA-256-crypt of 5000 rounds", passlib.sha256_crypt.using(rounds=5000))
hashes_of("sha-crypt", "SHA-512-crypt", passlib.sha512_crypt.using(rounds=1234))
hashes_of("sha-crypt", "SHA-512-crypt of 5000 rounds", passlib.sha512_crypt.using(rounds=5000))
hashes_of("scrypt", "scrypt", passlib.scrypt.using(rounds=10, block_size=8, parallelism=2))
hashes_of("argon2", "Argon2id", passlib.argon2.using(type="ID", memory_cost=1024, rounds=2, parallelism=2))
hashes_of("argon2", "Argon2i", passlib.argon2.using(type="I", memory_cost=512, rounds=3, parallelism=1))
hashes_of("django", "Django PBKDF2", passlib.django_pbkdf2_sha256.using(rounds=2000))
hashes_of("django", "Django PBKDF2 SHA-1", passlib.django_pbkdf2_sha1.using(rounds=2000))
hashes_of("django", "Django bcrypt over SHA-256", passlib.django_bcrypt_sha256.using(rounds=4))
hashes_of("django", "Django bcrypt", passlib.django_bcrypt.using(rounds=4))
for password in PASSWORDS:
    add(
        "django",
        "Django Argon2",
        password,
        "argon2" + passlib.argon2.using(type="ID", memory_cost=1024, rounds=2, parallelism=8).hash(password),
    )
    derived = hashlib.scrypt(password.encode(), salt=b"somesalt1234", n=1024, r=8, p=5, dklen=64)
    add("django", "Django scrypt", password, "scrypt$somesalt1234$1024$8$5$" + base64.b64encode(derived).decode())

for form in ["md5", "sha1", "sha256", "sha512"]:
    for password in PASSWORDS:
        salt = os.urandom(6).hex() + ":$ä{"
        add(form, form, password, hashlib.new(form, password.encode()).hexdigest())
        first = hashlib.new(form, (salt + password).encode()).hexdigest()
        last = hashlib.new(form, (password + salt).encode()).hexdigest()
        add(form + "-salt-first", form + " with the salt apart", password, first, salt)
        add(form + "-salt-first", form + " and its salt", password, first.upper() + ":" + salt)
        add(form + "-salt-last", form + " with the salt apart, last", password, last, salt)
        add(form + "-salt-last", form + " and its salt, last", password, last + ":" + salt)

for password in PASSWORDS:
    salt = os.urandom(16)
    derived = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 32)
    add("aspnet-identity", "ASP.NET Identity v2", password, base64.b64encode(b"\0" + salt + derived).decode())
    for prf, digest in enumerate(["sha1", "sha256", "sha512"]):
        derived = hashlib.pbkdf2_hmac(digest, password.encode(), salt, 1500, 32)
        head = struct.pack(">BIII", 1, prf, 1500, len(salt))
        name = "ASP.NET Identity v3 with " + digest
        add("aspnet-identity", name, password, base64.b64encode(head + salt + derived).decode())

print(json.dumps(vectors, indent=1, ensure_ascii=False))
