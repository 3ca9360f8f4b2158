### Правила

rules-title = Что от нас требуется?
rule-all = Все правила
rule-findings = Замечания по этому правилу
rule-purpose = Зачем это правило
rule-mend = Как исправить
rule-demands = Что требуется в вашей компании
rule-breaks = Пример, который его нарушает
rule-keeps = Пример, который не нарушает
rule-settings = Настройка в примерах:
rule-params = Параметры
rule-param = Параметр
rule-default = По умолчанию
rule-meaning = Что значит
