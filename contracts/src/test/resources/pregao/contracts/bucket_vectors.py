"""Works out bucket-vectors.json minute by minute with zoneinfo, independently of BucketGrid.

Run in the folder contracts: python3 src/test/resources/pregao/contracts/bucket_vectors.py
"""
import json
import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

FILE = "src/main/resources/pregao/contracts/bucket-vectors.json"
EPOCH = datetime(1970, 1, 1)
MINUTE = timedelta(minutes=1)
LENGTHS = {"M1": 1, "M5": 5, "M15": 15, "M30": 30, "H1": 60, "H4": 240, "D1": 1440}
CASES = {
    "UTC": ["2025-03-09T12:00", "2025-11-02T12:00"],
    "America/New_York+07:00": ["2025-03-09T12:00", "2025-11-02T12:00", "2025-07-16T12:00"],
    "Europe/Athens": ["2025-03-30T12:00", "2025-10-26T12:00", "2025-01-15T12:00"],
    "America/Sao_Paulo": ["2025-03-09T12:00", "2018-02-18T12:00", "2018-11-04T12:00"],
    "Asia/Kolkata": ["2025-03-09T12:00", "2025-10-26T12:00"],
    "Asia/Kathmandu": ["2025-06-01T12:00"],
    "Australia/Lord_Howe": ["2025-04-05T15:00", "2025-10-04T15:00"],
    "America/St_Johns": ["2010-11-07T12:00"],
    "UTC-05:30": ["2025-03-09T12:00"],
}


def parse(name):
    zone, sign, hours, minutes = re.fullmatch(r"(.+?)(?:([+-])(\d\d):(\d\d))?", name).groups()
    shift = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return (timezone.utc if zone == "UTC" else ZoneInfo(zone)), shift


def starts(name, centre, timeframe):
    """The starts of all buckets around a moment."""
    zone, shift = parse(name)
    length = timedelta(minutes=LENGTHS[timeframe])
    found, latest, key_before, part_before = [], None, None, None
    time = centre - timedelta(days=5)
    while time < centre + timedelta(days=6):
        offset = time.astimezone(zone).utcoffset() + shift
        wall = (time + offset).replace(tzinfo=None)
        if timeframe in ("M30", "H1"):
            part = offset % length
            if (wall - EPOCH) % length == timedelta(0) or part_before not in (None, part):
                found.append(time)
            part_before = part
        else:
            latest = wall if latest is None else max(latest, wall)
            key = ((latest if timeframe in ("H4", "D1") else time.replace(tzinfo=None)) - EPOCH) // length
            if key_before not in (None, key):
                found.append(time)
            key_before = key
        time += MINUTE
    return found


def chosen(buckets, centre, timeframe):
    """Those that hold the moment, those of another length near it, and some more days and H4."""
    length = timedelta(minutes=LENGTHS[timeframe])
    holding = [b for b in buckets if b[0] <= centre < b[1]]
    if timeframe == "D1":
        return [b for b in buckets if abs(b[0] - centre) < timedelta(hours=44)]
    if timeframe not in ("H1", "H4"):
        return holding
    near = [b for b in buckets if abs(b[0] - centre) < timedelta(hours=20)]
    odd = [b for b in near if b[1] - b[0] != length]
    return sorted(set((near[::3] if timeframe == "H4" else holding) + odd))


def text(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


rows = []
for zone_name, centres in CASES.items():
    for centre_text in centres:
        middle = datetime.fromisoformat(centre_text).replace(tzinfo=timezone.utc)
        for frame in LENGTHS:
            bounds = starts(zone_name, middle, frame)
            for start, end in chosen(list(zip(bounds, bounds[1:])), middle, frame):
                inside = start + timedelta(seconds=int((end - start).total_seconds() * 0.6))
                for instant in (start, inside, end - timedelta(seconds=1)):
                    rows.append({"zone": zone_name, "timeframe": frame, "instant": text(instant), "start": text(start),
                                 "end": text(end)})
with open(FILE, "w") as file:
    file.write('{\n  "description": "Start and end of the candle that holds an instant, for each day zone. '
               'The rules are in BucketGrid.",\n  "vectors": [\n')
    file.write(",\n".join("    " + json.dumps(row) for row in rows))
    file.write("\n  ]\n}\n")
print(len(rows), "vectors")
