"""DuckDB's group-by over recorded events: CPU seconds, rows and groups. Usage: replay_duckdb.py FILE [THREADS]"""
import sys
import time

import duckdb

path, threads = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
connection = duckdb.connect()
connection.execute(f"set threads={threads}")
start = time.process_time()
rows = connection.execute(
    """select p.team, p.project, p.customer_id, event, timestamp[1:10] d, p."$process_person_profile" i, count(*)
    from read_json(?, format='newline_delimited', columns={event: 'VARCHAR', distinct_id: 'VARCHAR', timestamp: 'VARCHAR',
      properties: 'STRUCT(team VARCHAR, project VARCHAR, customer_id VARCHAR, "$process_person_profile" BOOLEAN)'})
      t(event, distinct_id, timestamp, p) group by all""", [path]).fetchall()
print(f"duckdb {duckdb.__version__}: cpu {time.process_time() - start:.3f} s, {sum(row[-1] for row in rows)} events, {len(rows)} groups")
