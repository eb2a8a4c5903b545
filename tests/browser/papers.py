"""Pictures that stand for certificates: each different, none of a real person."""

import io

from PIL import Image, ImageDraw


def paper(number: int) -> bytes:
    """A JPEG of a card with its number on it."""
    image = Image.new("RGB", (900, 600), (236, 230, 214))
    pen = ImageDraw.Draw(image)
    pen.rectangle((30, 30, 870, 570), outline=(120, 100, 60), width=6)
    pen.text((80, 80), f"SAMPLE {number}", fill=(40, 40, 40))
    pen.rectangle((600, 160, 820, 440), fill=(160 + number * 7, 170, 180))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=88)
    return target.getvalue()
