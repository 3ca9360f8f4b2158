### Rules

rules-title = What is demanded of us?
rule-all = All rules
rule-findings = Findings of this rule
rule-purpose = What this rule is for
rule-mend = How to mend
rule-demands = What your company demands
rule-breaks = An example that breaks it
rule-keeps = An example that does not
rule-settings = Setting in the examples:
rule-params = Parameters
rule-param = Parameter
rule-default = By default
rule-meaning = Meaning
