#!/usr/bin/env python3
"""Score `genops forecast` on histories of two to four seasons of months, and two to six of days.

    short_history.py TSDATA_DIR GENOPS      as choose_month.py

Prints, by group and length: series, MASE, MSIS (a series counts at most 60), coverage of the 95 and the 80 % intervals."""
import collections, subprocess, sys, tempfile
import numpy as np, pandas as pd
def tasks():
    rng=np.random.default_rng(11); out=[]
    R=lambda n: pd.read_csv(f'{sys.argv[1]}/{n}.csv')
    def add(g,y,h,m,step,lens,k):
        y=np.asarray(y,float)
        for L in lens:
            for _ in range(k):
                if len(y)<L+h: continue
                o=rng.integers(L,len(y)-h+1); tr,te=y[o-L:o],y[o:o+h]
                if np.isnan(tr).any() or np.isnan(te).any() or (tr!=0).sum()<10 or np.ptp(tr)==0: continue
                out.append((f"{g}-{L}",h,m,step,tr,te))
    for _,g in R('us_employment').groupby('Series_ID'): add('emp',g.Employed.dropna(),12,12,'month',(26,36,48),1)
    for _,g in R('aus_retail').groupby('Series ID'): add('ret',g.Turnover,12,12,'month',(26,36,48),1)
    for _,g in R('aus_livestock').groupby(['Animal','State']): add('liv',g.Count,12,12,'month',(26,36,48),2)
    w=R('pedestrian'); days=pd.date_range("2015-01-01","2016-12-31").strftime("%Y-%m-%d")
    for _,g in w.groupby('Sensor'):
        add('ped',g.groupby('Date').Count.sum().reindex(days),14,7,'day',(16,21,30,42),8)
        for hour in (3,8,12,17,21): add('ped',g[g.Time==hour].groupby('Date').Count.sum().reindex(days),14,7,'day',(16,21,30,42),4)
    p=R('vic_elec'); add('elec',p.groupby('Date').Demand.sum(),14,7,'day',(16,21,30,42),20)
    return out

def main():
    todo=tasks()
    work=tempfile.mkdtemp()
    def run(prog):
        rows={}
        groups=collections.defaultdict(list)
        for i,t in enumerate(todo): groups[t[1],t[2],t[3]].append(i)
        for (h,m,step),mem in groups.items():
            with open(f'{work}/in.csv','w') as f:
                f.write("unique_id,ds,y\n")
                for i in mem:
                    for k,v in enumerate(todo[i][4]):
                        d=pd.Timestamp(2000,1,1)+(pd.DateOffset(months=k) if step=='month' else pd.Timedelta(days=k))
                        f.write(f"{i},{d.date()},{float(v)!r}\n")
            subprocess.run([prog,"forecast",f'{work}/in.csv',"--horizon",str(h),"--season",str(m),"--format","quantiles","--holidays","none","--out",f'{work}/out.csv'],check=True,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
            for i,g in pd.read_csv(f'{work}/out.csv').groupby("unique_id"): rows[int(i)]=g.sort_values("step").iloc[:,2:].to_numpy(float)
        return rows
    r=run(sys.argv[2]); G=collections.defaultdict(list)
    for i,(g,h,m,_,tr,te) in enumerate(todo):
        f=r[i]; sc=np.nanmean(abs(tr[m:]-tr[:-m])) if len(tr)>m else 1
        sc=max(sc,1e-9)
        G[g].append((min(9,abs(te-f[:,0]).mean()/sc),min(60,((f[:,-1]-f[:,1])+40*np.maximum(0,f[:,1]-te)+40*np.maximum(0,te-f[:,-1])).mean()/sc),((te>=f[:,1])&(te<=f[:,-1])).mean(),((te>=f[:,2])&(te<=f[:,-2])).mean()))
        G[('days' if h==14 else 'months')].append(G[g][-1])
    for g in G: print(f"{g:10}{len(G[g]):5}"+"".join(f"{x:8.3f}" for x in np.mean(G[g],0)))


if __name__ == '__main__':
    main()
