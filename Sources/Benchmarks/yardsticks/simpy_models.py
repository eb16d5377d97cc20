# SPDX-License-Identifier: GPL-3.0-or-later
"""SimPy reference models. Usage: python simpy_models.py mm1|mmc|hold|tier [count] [seed] [N]"""
import random, sys, time
import simpy
import model as m

kind = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
pending = int(sys.argv[4]) if len(sys.argv) > 4 else 100
random.seed(seed)
env = simpy.Environment()
expo, logn, u = random.expovariate, random.lognormvariate, random.random


def run():
    """Drain the calendar; return the CPU seconds it took."""
    t0 = time.process_time()
    env.run()
    return time.process_time() - t0


def events():
    return next(env._eid)  # every scheduled event takes one id; all are executed


if kind in ("mm1", "mmc"):
    c = 1 if kind == "mm1" else 20
    lam = 0.9 * c
    store = simpy.Store(env)
    acc = [0.0, 0]

    def arrivals():
        for _ in range(count):
            yield env.timeout(expo(lam))
            store.put(env.now)

    def server():
        while True:
            a = yield store.get()
            yield env.timeout(expo(1.0))
            acc[0] += env.now - a
            acc[1] += 1

    env.process(arrivals())
    for _ in range(c):
        env.process(server())
    cpu = run()
    n = acc[1]
    print(f"  mean time in system {acc[0] / n:.4f}")
elif kind == "hold":
    def p():
        while True:
            yield env.timeout(expo(1.0))

    for _ in range(pending):
        env.process(p())
    for _ in range(pending):
        env.step()
    t0 = time.process_time()
    env.run(until=env.now + count / pending)
    cpu = time.process_time() - t0
    n = count
elif kind == "tier":
    class Site:
        __slots__ = ("docs", "exam", "tier")

        def __init__(self, tier):
            self.tier = tier
            self.docs = simpy.PriorityResource(env, m.DOCS[tier])
            self.exam = simpy.Resource(env, m.EXAM[tier])

    town = [Site("T") for _ in range(m.N_TOWN)]
    county, city = Site("C"), Site("V")
    bed_c, bed_v = simpy.Resource(env, m.BEDS_C), simpy.Resource(env, m.BEDS_V)
    wait = {"T": [0.0, 0], "C": [0.0, 0], "R": [0.0, 0], "V": [0.0, 0]}
    T = count / m.LAM
    occ = {"C": [0, 0.0, 0.0], "V": [0, 0.0, 0.0]}
    n = 0

    def bed(k, d):
        o = occ[k]
        o[1] += o[0] * (env.now - o[2])
        o[2] = env.now
        o[0] += d

    def visit(site, key, prio):
        t = env.now
        with site.docs.request(prio) as r:
            yield r
            w = wait[key]
            w[0] += env.now - t
            w[1] += 1
            yield env.timeout(logn(*m.CONSULT1))
        if u() < m.P_EXAM:
            with site.exam.request() as r:
                yield r
                yield env.timeout(logn(*m.EXAM_T))
            with site.docs.request(prio) as r:
                yield r
                yield env.timeout(logn(*m.CONSULT2))

    def stay(res, k, dist):
        with res.request() as r:
            yield r
            bed(k, 1)
            yield env.timeout(logn(*dist))
            bed(k, -1)

    def patient():
        x = u()
        if x < m.P_TOWN:
            yield from visit(town[int(u() * m.N_TOWN)], "T", 1)
            if u() >= m.P_REFER:
                return
            yield from visit(county, "R", 0)
            if u() < m.P_ADM_C:
                yield from stay(bed_c, "C", m.LOS)
        elif x < m.P_TOWN + m.P_COUNTY:
            yield from visit(county, "C", 1)
            if u() < m.P_ADM_C:
                yield from stay(bed_c, "C", m.LOS)
        else:
            yield from visit(city, "V", 1)
            if u() < m.P_ADM_V:
                yield from stay(bed_v, "V", m.LOS)
                if u() < m.P_STEP:
                    yield from stay(bed_c, "C", m.STEP)

    def arrivals():
        global n
        while True:
            yield env.timeout(expo(m.LAM))
            n += 1
            env.process(patient())

    env.process(arrivals())
    t0 = time.process_time()
    env.run(until=T)
    cpu = time.process_time() - t0
    bed("C", 0), bed("V", 0)
    print("  waits " + " ".join(f"{k}={v[0] / v[1]:.3f}" for k, v in wait.items())
          + f" bedsC={occ['C'][1] / T:.1f} bedsV={occ['V'][1] / T:.1f}")
ev = events()
print(f"simpy {kind} N={pending if kind == 'hold' else '-'}: cpu {cpu:.3f} s, events {ev}, "
      f"{ev / cpu / 1e6:.4f} Mev/s, {n / cpu / 1e6:.4f} Mcust/s")
