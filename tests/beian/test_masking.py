"""How personal data looks by default."""

import pytest

from beian import masking


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.mask_certificate, "330102198501010014", "3****************4"),
        (masking.mask_certificate, "AB", "**"),
        (masking.mask_phone, "13800000034", "138******34"),
        (masking.mask_phone, "12", "**"),
        (masking.mask_phone_tail, "13800000034", "*********34"),
        (masking.mask_name, "张三", "张*"),
        (masking.mask_name, "欧阳示例", "欧阳*"),
        (masking.mask_name, "", ""),
        (masking.mask_mail, "lin@example.com", "l***@example.com"),
        (masking.mask_mail, "broken", "***"),
    ],
)
def test_masked_value_shows_only_what_is_allowed(mask, value, shown):
    assert mask(value) == shown
