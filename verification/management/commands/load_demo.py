"""`manage.py load_demo`: the people of a demo installation, once."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from verification import demo


class Command(BaseCommand):
    help = "Make fictitious applicants and staff (demo installations only); safe to repeat."

    def handle(self, *_args, **_options) -> None:
        if not settings.DEMO:
            raise CommandError("演示数据只能写入演示环境 / demo data needs BEIAN_DEMO=1")
        made = demo.load()
        self.stdout.write(f"演示人员已就绪，新建 {made} 人 / demo people ready, {made} made")
