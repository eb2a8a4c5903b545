"""What an installation with real people must not be: checked before web, worker and beat start.

Whatever is not a demo (BEIAN_DEMO=1) is such an installation. There is no switch to forget.
"""
