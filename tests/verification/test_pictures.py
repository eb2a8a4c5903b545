"""What becomes of an uploaded picture, and which uploads are refused with which remedy."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image, PngImagePlugin

from beian.site_settings import setting
from tests.hostile import png
from tests.verification.pictures import drawn, encoded, noise, opened
from verification.pictures import MEBIBYTE, PictureRefused, plain_picture

pytestmark = pytest.mark.django_db


def refusal_of(content: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        plain_picture(content)
    return refused.value.code


def test_jpeg_is_reencoded_in_its_own_size():
    original = encoded(drawn(1200, 800))

    picture = plain_picture(original)

    result = opened(picture.content)
    assert (result.format, result.mode, result.size) == ("JPEG", "RGB", (1200, 800))
    assert (picture.width, picture.height) == (1200, 800)
    assert picture.content != original


def test_png_becomes_jpeg():
    assert opened(plain_picture(encoded(drawn(), "PNG")).content).format == "JPEG"


def test_metadata_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "Hangzhou, Shangcheng"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    original = encoded(drawn(), exif=exif, comment=b"taken by a phone", icc_profile=b"x" * 200)
    assert b"Hangzhou" in original

    result = opened(plain_picture(original).content)

    assert dict(result.getexif()) == {}
    assert sorted(result.info) == ["jfif", "jfif_density", "jfif_unit", "jfif_version"]


@pytest.mark.parametrize(
    ("orientation", "size", "bright_corner"),
    [
        (1, (640, 420), "top right"),
        (2, (640, 420), "top left"),
        (3, (640, 420), "top left"),
        (6, (420, 640), "bottom left"),
        (8, (420, 640), "top left"),
    ],
)
def test_camera_orientation_is_applied(orientation, size, bright_corner):
    exif = Image.Exif()
    exif[0x0112] = orientation

    result = opened(plain_picture(encoded(drawn(), exif=exif)).content).convert("L")

    width, height = result.size
    corners = {
        "top left": (10, 10),
        "top right": (width - 10, 10),
        "bottom left": (10, height - 10),
    }
    assert result.size == size
    assert result.getpixel(corners[bright_corner]) > 200


def test_impossible_orientation_leaves_the_picture_as_it_is():
    exif = Image.Exif()
    exif[0x0112] = 99

    assert opened(plain_picture(encoded(drawn(), exif=exif)).content).size == (640, 420)


def test_transparent_png_lies_on_white():
    layer = Image.new("RGBA", (400, 400), (0, 0, 0, 0))

    result = opened(plain_picture(encoded(layer, "PNG")).content)

    assert result.getpixel((200, 200)) == (255, 255, 255)


def test_cmyk_scan_is_converted():
    result = opened(plain_picture(encoded(Image.new("CMYK", (400, 400), (0, 0, 0, 0)))).content)

    assert (result.mode, result.getpixel((200, 200))) == ("RGB", (255, 255, 255))


def test_sixteen_bit_grey_keeps_its_shades():
    grey = Image.new("I;16", (400, 400), 32768)

    result = opened(plain_picture(encoded(grey, "PNG")).content)

    assert (result.mode, result.getpixel((200, 200))) == ("L", 128)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA"])
def test_other_png_modes_are_accepted(mode):
    assert opened(plain_picture(encoded(drawn().convert(mode), "PNG")).content).size == (640, 420)


def test_photo_with_a_second_frame_gives_the_first():
    # Phones store portraits and previews this way (MPO), named .jpg.
    original = encoded(drawn(), "MPO", save_all=True, append_images=[noise(640, 420)])

    result = opened(plain_picture(original).content).convert("L")

    assert (result.getpixel((10, 10)) < 60, result.getpixel((630, 10)) > 200) == (True, True)


def test_large_photo_is_reduced_to_what_is_stored():
    original = encoded(noise(1700, 1300), quality=100, subsampling=0)
    limit = setting("upload.stored_megabytes") * MEBIBYTE
    assert limit < len(original) < setting("upload.accepted_megabytes") * MEBIBYTE

    picture = plain_picture(original)

    assert len(picture.content) <= limit
    assert picture.width * 1300 == pytest.approx(picture.height * 1700, rel=0.01)


def test_upload_beyond_the_limit_is_refused():
    content = encoded(drawn()) + bytes(setting("upload.accepted_megabytes") * MEBIBYTE)

    with pytest.raises(PictureRefused) as refused:
        plain_picture(content)

    assert refused.value.code == "too_large"
    assert refused.value.reason == "图片超过 10 MB，请压缩或重新拍摄后上传"


def _png_header(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = b"IDAT" + zlib.compress(bytes(1000))
    body = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return b"\x89PNG\r\n\x1a\n" + header + body


@pytest.mark.parametrize("size", [(8000, 5001), (15000, 10000), (60000, 60000)])
def test_too_many_pixels_are_refused_by_the_header(size):
    assert refusal_of(_png_header(*size)) == "too_many_pixels"


def test_pixels_at_the_limit_are_decoded():
    # 40.0 megapixels pass the header; the body of this one is missing.
    assert refusal_of(_png_header(8000, 5000)) == "broken"


def test_picture_too_small_to_read_is_refused():
    assert refusal_of(encoded(drawn(1000, 299))) == "too_small"


def test_animated_png_is_refused():
    frames = encoded(drawn(), "PNG", save_all=True, append_images=[noise(640, 420)])

    assert refusal_of(frames) == "animated"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_truncated_picture_is_refused(kind):
    content = encoded(noise(640, 420), kind)

    assert refusal_of(content[: len(content) // 2]) == "broken"


@pytest.mark.parametrize("content", [b"no stream", zlib.compress(b"\0" * 9000)[:-20]])
def test_png_whose_pixels_cannot_be_read_is_refused(content):
    """Pillow fails only the first time it is asked, and EXIF data ask too."""
    sound = png.png(png.header(), png.chunk(b"IDAT", content))

    assert refusal_of(sound) == "broken"


def test_jpeg_with_endless_scans_is_refused():
    content = encoded(drawn(), progressive=True)
    scan = content.index(b"\xff\xda")

    assert refusal_of(content[:scan] + content[scan:-2] * 500 + content[-2:]) == "broken"


def _zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _zip(),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        encoded(drawn(), "GIF"),
        encoded(drawn(), "WEBP"),
        encoded(drawn(), "TIFF"),
    ],
    ids=["zip", "svg", "html", "pdf", "gif", "webp", "tiff"],
)
def test_anything_but_jpg_and_png_is_refused_by_its_content(content):
    assert refusal_of(content) == "not_picture"


def test_nothing_is_refused():
    assert refusal_of(b"") == "empty"


def test_text_hidden_in_a_picture_does_not_survive():
    script = b"<script>alert(document.domain)</script>"
    original = encoded(drawn(), comment=script) + script + _zip()

    content = plain_picture(original).content

    assert (script in original, script in content, b"PK\x03\x04" in content) == (True, False, False)


def test_png_with_a_text_bomb_is_refused():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "a" * (80 * MEBIBYTE), zip=True)

    assert refusal_of(encoded(drawn(), "PNG", pnginfo=notes)) == "broken"
