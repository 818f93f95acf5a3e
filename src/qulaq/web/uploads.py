"""Files that somebody sends: no page takes any, so none reaches the disk."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler


class NoUploads(FileUploadHandler):
    """
    Refuses a request as soon as a file begins in it. Django limits the size of fields, not of files.
    """

    def new_file(self, *_: object, **__: object) -> NoReturn:
        raise SuspiciousOperation("a file was sent, and no page takes any")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None: ...

    def file_complete(self, file_size: int) -> None: ...
