import time, json
from datetime import date
from pathlib import Path
import clock

def test_probe(fresh_database, stage):
    from enforcement.management.commands import demo_office
    from enforcement.actions import intake
    from accounts.models import User
    data=json.loads(demo_office.DEMO.read_text())
    for u in data["users"]: u["by_token"]=True
    data["arrivals"]=[]
    t=time.time(); demo_office.fill(data); print("fill",time.time()-t)
    t=time.time(); n=stage.clone(); print("clone",time.time()-t); 
    t=time.time(); stage.drop(n); print("drop",time.time()-t)
    ex=json.load(open('/work/shared/examples/executive-documents.json'))
    court=User.objects.get(login="court.system")
    bail=User.objects.get(login="bailiff.trz")
    for d in ex["documents"]:
        on=date.fromisoformat(d["received_on"])
        body={k:v for k,v in d.items() if k not in("expect","why","received_on")}
        t=time.time()
        try: r=intake.receive(body,on=on,by=court)
        except Exception as e: print(d["ref"],repr(e)); continue
        print(d["ref"],r.presentation.verdict["verdict"], time.time()-t)
        if d["ref"] in("04","05"):
            t=time.time(); intake.return_defective(r.presentation,on=on,by=bail); print("return",time.time()-t)
