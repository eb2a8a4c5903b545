"""Makes a plain JPEG of what people upload: decoded, upright, small enough, without metadata.

What comes in is hostile until it has been decoded. Size and pixels are checked from the header;
nothing of the original bytes reaches the result, so scripts, archives and places of taking that
were hidden in them are gone.
"""

import io
import re
import struct
import threading
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image

from beian.site_settings import setting

MEBIBYTE = 1024 * 1024
_SIGNATURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
# Everything Pillow's two decoders raise on broken files.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
# A progressive photo has about ten scans; thousands over a large canvas would decode for hours.
_MOST_SCANS = 60
# EXIF orientation, tag 0x0112.
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_GOOD, _FAIR = 88, 76
# The largest picture takes some 300 MB while it is worked on: more at once would end the process.
_room = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 20


class PictureRefused(Exception):
    """The upload cannot be used; `reason` names the remedy."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A JPEG as it is stored."""

    content: bytes
    width: int
    height: int


def plain_picture(raw: bytes, *, megabytes: int | None = None) -> Picture:
    """Re-encode an upload; raises PictureRefused.

    Limits are the settings upload.*; the result is never larger than `megabytes`, or else
    upload.stored_megabytes.
    """
    _check_size(raw)
    if not _room.acquire(timeout=_WAIT_SECONDS):
        raise PictureRefused("busy", _("现在上传的人较多，请过一会儿重新上传这张图片"))
    try:
        limit = megabytes or setting("upload.stored_megabytes")
        return _fit(_decode(raw), limit * MEBIBYTE)
    finally:
        _room.release()


def _check_size(raw: bytes) -> None:
    if not raw:
        raise PictureRefused("empty", _("文件是空的，请重新选择图片"))
    megabytes = setting("upload.accepted_megabytes")
    if len(raw) > megabytes * MEBIBYTE:
        reason = _("图片超过 %(megabytes)d MB，请压缩或重新拍摄后上传")
        raise PictureRefused("too_large", reason % {"megabytes": megabytes})


def _decode(raw: bytes) -> Image.Image:
    kind = next((name for start, name in _SIGNATURES.items() if raw.startswith(start)), None)
    if kind is None:
        raise PictureRefused(
            "not_picture", _("只接受 JPG 或 PNG 图片，请重新拍照或另存为图片后上传")
        )
    try:
        image = Image.open(io.BytesIO(raw), formats=[kind])
        _check_header(image, raw, kind)
        # Before the EXIF data: Pillow decodes a PNG to find them, and fails only the first time.
        image.load()
        return _flat(image, _orientation(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except _BROKEN as error:
        raise PictureRefused("broken", _("图片不完整或已损坏，请重新拍摄后上传")) from error


def _too_many_pixels() -> PictureRefused:
    reason = _("图片超过 %(megapixels)d 百万像素，请缩小尺寸后上传")
    return PictureRefused(
        "too_many_pixels", reason % {"megapixels": setting("upload.accepted_megapixels")}
    )


def _check_header(image: Image.Image, raw: bytes, kind: str) -> None:
    """Refuse by what the header says, before a single pixel is decoded."""
    width, height = image.size
    if width * height > setting("upload.accepted_megapixels") * 1_000_000:
        raise _too_many_pixels()
    smallest = setting("upload.smallest_side_pixels")
    if min(width, height) < smallest:
        reason = _("图片太小，最短边应不少于 %(pixels)d 像素，请上传清晰的原图")
        raise PictureRefused("too_small", reason % {"pixels": smallest})
    # Phones write photos with a second frame (MPO): there the first one is the photo.
    if kind == "PNG" and getattr(image, "is_animated", False):
        raise PictureRefused("animated", _("不能使用动态图片，请上传一张静态的照片或扫描件"))
    if kind == "JPEG" and len(re.findall(rb"\xff\xda", raw)) > _MOST_SCANS:
        raise PictureRefused("broken", _("图片的编码方式不能处理，请重新拍摄或另存为 JPG 后上传"))


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except (*_BROKEN, KeyError, TypeError):
        # A damaged note about the camera does not make the photo useless.
        return 1
    return value if isinstance(value, int) else 1


def _flat(image: Image.Image, orientation: int) -> Image.Image:
    """The picture in RGB or grey, upright, on white where it was transparent."""
    if image.mode.startswith("I"):
        # 16 bits of grey to 8; plain conversion would cut everything bright to white.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.has_transparency_data:
        layer = image if image.mode == "RGBA" else image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    elif image.mode not in {"RGB", "L"}:
        image = image.convert("L" if image.mode == "1" else "RGB")
    if orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[orientation])
    # `save` would write a comment or colour profile that it finds here.
    image.info = {}
    return image


def _encode(image: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()


def _fit(image: Image.Image, limit: int) -> Picture:
    """First spare quality, then pixels, until the JPEG has at most `limit` bytes."""
    content = _encode(image, _GOOD)
    if len(content) > limit:
        content = _encode(image, _FAIR)
    while len(content) > limit:
        # Bytes grow with the area; 0.92 leaves room for what does not shrink as fast.
        factor = 0.92 * (limit / len(content)) ** 0.5
        size = tuple(max(1, round(side * factor)) for side in image.size)
        image = image.resize(size, Image.Resampling.LANCZOS)
        content = _encode(image, _FAIR)
    return Picture(content, *image.size)
