### A change between two periods

change-little-data = too little data
change-same = no change
change-fewer-chance = ↓ within chance
change-more-chance = ↑ within chance
change-fewer-look = ↓ fewer, it seems
change-more-look = ↑ more, it seems
change-fewer-sure = ↓ fewer
change-more-sure = ↑ more
change-chance = by chance so in { $share } of cases
change-chance-least = by chance so in less than 2 cases of 1000
