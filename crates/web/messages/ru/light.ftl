### Светофор

light-rate = На 100 сделок:
light-better = ↓ было { $before }
light-worse = ↑ было { $before }
light-same = было столько же
light-deals = Сделок в работе:
trend-label = Замечаний на 100 сделок по неделям: { $values }
