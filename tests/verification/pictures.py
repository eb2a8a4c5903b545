"""Pictures as people upload them, good and hostile, drawn for the tests."""

import io
import random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def drawn(width: int = 640, height: int = 420, mode: str = "RGB") -> Image.Image:
    """Left half dark, right half bright: the orientation can be seen."""
    image = Image.new(mode, (width, height))
    image.paste(Image.new("L", (width, height), 40).convert(mode))
    image.paste(Image.new("L", (width // 2, height), 220).convert(mode), (width - width // 2, 0))
    return image


def noise(width: int, height: int) -> Image.Image:
    """What compresses worst."""
    return Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3))


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def upload(content: bytes | None = None, name: str = "licence.jpg") -> SimpleUploadedFile:
    """An upload as the form gives it; the declared type is a claim and never used."""
    return SimpleUploadedFile(name, content or encoded(drawn()), content_type="image/jpeg")
