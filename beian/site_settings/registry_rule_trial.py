"""Testing an edited filing rule before it is published."""

from .model import SiteSetting as S

RULE_TRIAL = [
    S("rule_trial.orders", "int", 200, "orders", "D: as many as show what a rule does",
      "规则试算所看的最近订单数", "Last orders on which an edited rule is tested",
      minimum=1, maximum=2000),
    S("rule_trial.seconds", "int", 60, "seconds", "D: somebody waits for it",
      "规则试算的最长时间", "Longest time for testing an edited rule", minimum=1, maximum=600),
]  # fmt: skip
