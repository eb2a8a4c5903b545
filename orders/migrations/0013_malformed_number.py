from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0012_risk_classes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="bureauresult",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unreadable", "内容无法读取"),
                    ("no_record", "没有找到它所说的资料"),
                    ("unknown_result", "不认识这种结果"),
                    ("record_closed", "它所说的资料此前已有结果"),
                    ("incomplete", "结果缺少备案号或意见"),
                    ("malformed_number", "备案号的格式不对，或服务与主体的备案号不一致"),
                    ("register_conflict", "与备案库中已有的记录冲突"),
                    ("too_early", "订单还没有到登记结果的阶段"),
                    ("failed", "登记时出错，系统会继续重试"),
                ],
                max_length=20,
            ),
        ),
    ]
