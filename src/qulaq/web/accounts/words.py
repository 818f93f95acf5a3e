"""What the door says."""

from __future__ import annotations

from qulaq.lang import phrase

WORDS = {
    "title": phrase("Sign in"),
    "name": phrase("Name"),
    "password": phrase("Password"),
    "sign_in": phrase("Sign in"),
}
