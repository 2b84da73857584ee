"""Writes N PostHog-like events as JSON lines of about 570 bytes, from a seed. Usage: recorded_events.py N FILE"""
import random
import sys

count, path = int(sys.argv[1]), sys.argv[2]
R = random.Random(7)
NAMES = (["$pageview"] * 40 + ["$autocapture"] * 25 + ["$pageleave"] * 10 + ["$identify"] * 3 + ["$feature_flag_called"] * 12
         + ["$ai_generation"] * 3 + ["purchase", "signup", 'plan \\"pro\\" viewed', "café_open", "checkout"])
TEAMS = ["growth", "platform", "core-product", "mobile", "data", "ml", "billing", "support"]
PROJECTS = ["web", "ios", "android", "api", "docs", "admin", "landing", "labs", "internal", "beta", "eu", "us"]
PATHS = ["/", "/pricing", "/projects/%d", "/dash/%d?tab=usage&range=30d", "/settings/profile", "/docs/get-started/install"]
BROWSERS = [("Chrome", 120), ("Safari", 17), ("Firefox", 121), ("Edge", 119)]
SYSTEMS = ["Mac OS X", "Windows", "Linux", "iOS", "Android"]
elapsed = 0
with open(path, "w", buffering=1 << 22, encoding="utf-8") as file:
    for _ in range(count):
        name, elapsed = R.choice(NAMES), elapsed + R.randrange(0, 40)
        s, user, page = elapsed // 1000, R.randrange(200000), R.choice(PATHS)
        page = page % (user % 997) if "%d" in page else page
        (browser, version), height, uuid = R.choice(BROWSERS), R.choice((1080, 1440, 900)), "%032x" % R.getrandbits(128)
        flag = '"$feature_flag":"flag-%d","$feature_flag_response":"test",' % (user % 40) if name == "$feature_flag_called" else ""
        file.write(
            f'{{"uuid":"{uuid[:8]}-{uuid[8:12]}-{uuid[12:16]}-{uuid[16:20]}-{uuid[20:]}","event":"{name}","distinct_id":"user_{user}",'
            f'"properties":{{"$lib":"web","$lib_version":"1.96.1","$current_url":"https://app.example.com{page}","$host":"app.example.com",'
            f'"$pathname":"{page.split("?")[0]}","$browser":"{browser}","$browser_version":{version},"$os":"{SYSTEMS[user % 5]}",'
            f'"$device_type":"Desktop","$screen_height":{height},"$screen_width":1920,"$session_id":"s{user}-{elapsed // 1800000}",'
            f'"$process_person_profile":{"true" if user % 3 else "false"},{flag}"team":"{TEAMS[user % 8]}","project":"{PROJECTS[user % 12]}",'
            f'"customer_id":"cust_{user % 500}","token":"phc_test"}},"timestamp":"2025-01-{s // 86400 % 28 + 1:02d}T{s // 3600 % 24:02d}:'
            f'{s // 60 % 60:02d}:{s % 60:02d}.{elapsed % 1000:03d}Z"}}\n')
