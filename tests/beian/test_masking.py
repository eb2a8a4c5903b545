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
        (masking.mask_address, "浙江省杭州市上城区示范路100号", "浙江省杭州市上城区***"),
        (masking.mask_address, "上城区示范路100号", "上城区***"),
        (masking.mask_address, "西湖区城市花园5号", "西湖区***"),
        (
            masking.mask_address,
            "内蒙古自治区呼和浩特市新城区示范街1号",
            "内蒙古自治区呼和浩特市新城区***",
        ),
        (masking.mask_address, "示范路100号", "***"),
        (masking.mask_address, "", ""),
    ],
)
def test_masked_value_shows_only_what_is_allowed(mask, value, shown):
    assert mask(value) == shown
