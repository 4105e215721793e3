"""Days of recurrence rules by python-dateutil, an implementation that shares no code with ours.

Prints one line a rule: RULE|START|DAY DAY ... over twenty years. The file recurrence.txt beside this script is its
output (`python3 recurrence.py > recurrence.txt`), the same whenever it is run.
"""

import random
import sys
from datetime import datetime

from dateutil.rrule import rrulestr

FROM, TO = datetime(2010, 1, 1), datetime(2029, 12, 31)
MOST_DAYS = 260
RANDOM_RULES = 160
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

# The rules that schemes of contact use, and corners of RFC 5545: days that months lack, counting from the end, weeks
# that begin on Sunday, leap days, sets reduced by position, ends by number and by day.
CHOSEN = [
    ("FREQ=MONTHLY;BYMONTHDAY=1", "2010-01-01"),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "2010-01-01"),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", "2005-01-01"),
    ("FREQ=WEEKLY;INTERVAL=5;BYDAY=MO", "2012-01-01"),
    ("FREQ=MONTHLY;BYDAY=2TH", "2005-01-01"),
    ("FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=5,6,7,8,9,10,11", "2005-01-01"),
    ("FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=-3,-2,-1,1,2,3,4", "2005-01-01"),
    ("FREQ=MONTHLY", "2010-01-31"),
    ("FREQ=YEARLY", "2012-02-29"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2010-01-15"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2010-01-01"),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2010-01-01"),
    ("FREQ=YEARLY;BYWEEKNO=20,53;BYDAY=MO", "2010-01-01"),
    ("FREQ=YEARLY;BYYEARDAY=1,100,-1", "2010-01-01"),
    ("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "2010-01-01"),
    ("FREQ=WEEKLY;INTERVAL=8;BYDAY=TU,SU;WKST=SU", "2010-01-05"),
    ("FREQ=WEEKLY;INTERVAL=8;BYDAY=TU,SU;WKST=MO", "2010-01-05"),
    ("FREQ=DAILY;INTERVAL=45", "2010-01-01"),
    ("FREQ=DAILY;COUNT=10;BYMONTH=6", "2011-05-01"),
    ("FREQ=MONTHLY;COUNT=7;BYDAY=2TH", "2018-06-01"),
    ("FREQ=MONTHLY;UNTIL=20180614;BYDAY=2TH", "2018-01-01"),
]


def days(rule, start):
    occurrences = rrulestr(rule, dtstart=datetime.fromisoformat(start))
    return [day.date().isoformat() for day in occurrences.between(FROM, TO, inc=True)]


def some(chance, low, high, most):
    return ",".join(str(n) for n in sorted(chance.sample([n for n in range(low, high + 1) if n != 0], chance.randint(1, most))))


def some_rule(chance):
    freq = chance.choice(["YEARLY", "MONTHLY", "MONTHLY", "WEEKLY", "DAILY"])
    parts = [f"FREQ={freq}"]
    if chance.random() < 0.5:
        parts.append(f"INTERVAL={chance.randint(2, 9)}")
    if chance.random() < 0.15:
        parts.append(f"COUNT={chance.randint(1, 60)}")
    elif chance.random() < 0.15:
        parts.append(f"UNTIL={chance.randint(2012, 2028)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}")
    if chance.random() < 0.4:
        parts.append(f"BYMONTH={some(chance, 1, 12, 3)}")
    if freq in ("YEARLY", "MONTHLY", "DAILY") and chance.random() < 0.4:
        parts.append(f"BYMONTHDAY={some(chance, -31, 31, 4)}")
    elif freq == "YEARLY" and chance.random() < 0.2:
        parts.append(f"BYYEARDAY={some(chance, -366, 366, 4)}")
    if chance.random() < 0.6:
        chosen = chance.sample(WEEKDAYS, chance.randint(1, 3))
        if freq == "MONTHLY" and chance.random() < 0.5:
            chosen = [f"{chance.choice([1, 2, 3, 4, 5, -1, -2])}{day}" for day in chosen]
        parts.append(f"BYDAY={','.join(chosen)}")
    if freq in ("MONTHLY", "YEARLY") and any(part.startswith("BY") for part in parts) and chance.random() < 0.2:
        parts.append(f"BYSETPOS={chance.choice([1, 2, -1])}")
    if chance.random() < 0.2:
        parts.append(f"WKST={chance.choice(WEEKDAYS)}")
    return ";".join(parts)


def lines():
    chance = random.Random(5545)
    for rule, start in CHOSEN:
        yield f"{rule}|{start}|{' '.join(days(rule, start))}"
    found = 0
    while found < RANDOM_RULES:
        rule = some_rule(chance)
        start = f"{chance.randint(2008, 2014)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        result = days(rule, start)
        if 0 < len(result) <= MOST_DAYS:
            found += 1
            yield f"{rule}|{start}|{' '.join(result)}"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in lines()))
