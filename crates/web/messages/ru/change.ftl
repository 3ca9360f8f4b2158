### Изменение между двумя периодами

change-little-data = мало данных
change-same = не изменилось
change-fewer-chance = ↓ в пределах случайного
change-more-chance = ↑ в пределах случайного
change-fewer-look = ↓ похоже, стало меньше
change-more-look = ↑ похоже, стало больше
change-fewer-sure = ↓ стало меньше
change-more-sure = ↑ стало больше
change-chance = случайно так бывает в { $share } случаев
change-chance-least = случайно так бывает реже, чем в 2 случаях из 1000
