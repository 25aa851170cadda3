import time
from tests.enforcement.test_plans import *
def test_crowd_probe(crowd, owner_cursor):
    print(Case.objects.count())
    for name, way in pages(crowd).items():
        way(); t=time.perf_counter(); way(); dt=time.perf_counter()-t
        tot=0
        for sql, steps in plans(way):
            r=sum(map(read,steps)); tot+=r
            seq={s["Relation Name"] for s in steps if s["Node Type"]=="Seq Scan" and s["Relation Name"] in GROWING}
            if seq or r>1500: print("   ", name, seq, r, steps[0]["Actual Total Time"], sql[-600:])
        print(f"{name}: {dt*1000:.0f} ms, rows {tot}")
test_no_page_reads_a_table_through_among_fifty_thousand_cases=None
