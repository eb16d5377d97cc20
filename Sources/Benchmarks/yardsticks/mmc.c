// SPDX-License-Identifier: GPL-3.0-or-later
/* mmc.c - hand-written M/M/c reference: calendar, draws, queue and counters only.
 *
 * Usage: cc -O3 -march=native mmc.c -o mmc -lm && ./mmc [c] [customers] [seed]
 *
 * lambda = 0.9 c, mu = 1. Calendar: 4-ary branch-free heap on 128-bit integer keys (see hold.c,
 * variant b). RNG: xoshiro256++ with a 256-layer exponential ziggurat. Two events a customer.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
static uint64_t s[4];
static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
static inline uint64_t rnd(void) {
    uint64_t res = rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45);
    return res;
}
static uint64_t splitmix(uint64_t *x) {
    uint64_t z = (*x += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull; z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}
static inline double u01(void) { return (double)(rnd() >> 11) * 0x1.0p-53; }
static double zx[257], zf[257];
static const double ZR = 7.69711747013104972;
static void zig_init(void) {
    double v = 0.0039496598225815571993; zx[0] = v / exp(-ZR); zx[1] = ZR; zx[256] = 0;
    for (int i = 2; i < 256; i++) zx[i] = -log(v / zx[i - 1] + exp(-zx[i - 1]));
    for (int i = 0; i < 257; i++) zf[i] = exp(-zx[i]);
}
static inline double rexp1(void) {
    double add = 0;
    for (;;) {
        uint64_t b = rnd(); unsigned i = b & 255; double x = (double)(b >> 11) * 0x1.0p-53 * zx[i];
        if (x < zx[i + 1]) return add + x;
        if (i == 0) { add += ZR; continue; }
        if (zf[i + 1] + (zf[i] - zf[i + 1]) * u01() < exp(-x)) return add + x;
    }
}
typedef unsigned __int128 u128;
static u128 *h; static uint32_t n, seq; static double now;
static inline void push(double t, uint32_t id) {
    uint64_t b; memcpy(&b, &t, 8); u128 e = (u128)b << 64 | (uint64_t)seq++ << 32 | id;
    uint32_t i = n++; while (i) { uint32_t p = (i - 1) / 4; if (!(e < h[p])) break; h[i] = h[p]; i = p; } h[i] = e;
}
static inline uint32_t pop(void) {
    u128 top = h[0], e = h[--n]; h[n] = ~(u128)0; uint32_t i = 0;
    for (;;) { uint32_t c = 4 * i + 1; if (c >= n) break;
        uint32_t a = c + (h[c + 1] < h[c]), b = c + 2 + (h[c + 3] < h[c + 2]), m = h[b] < h[a] ? b : a;
        if (!(h[m] < e)) break;
        h[i] = h[m]; i = m; }
    if (n) h[i] = e;
    uint64_t b = (uint64_t)(top >> 64); memcpy(&now, &b, 8); return (uint32_t)top;
}
int main(int ac, char **av) {
    int c = ac > 1 ? atoi(av[1]) : 1; uint64_t N = ac > 2 ? strtoull(av[2], 0, 10) : 1000000, sd = ac > 3 ? strtoull(av[3], 0, 10) : 1;
    for (int i = 0; i < 4; i++) s[i] = splitmix(&sd);
    if (c < 1) return 1;
    zig_init();
    uint32_t cap = (uint32_t)c + 2; h = (u128 *)aligned_alloc(64, ((cap + 11) / 4 * 4) * 16) + 3;
    for (uint32_t i = 0; i < cap + 5; i++) h[i] = ~(u128)0;
    uint64_t mask = (1u << 20) - 1, qh = 0, qt = 0, gen = 0, cnt = 0, nev = 0; double *q = malloc((mask + 1) * 8), *at = malloc(8 * (size_t)c);
    uint32_t *idle = malloc(4 * (size_t)c); int ni = c; for (int i = 0; i < c; i++) idle[i] = (uint32_t)i;
    double lam = 0.9 * c, sum = 0; struct timespec a, b; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    push(rexp1() / lam, ~0u);
    while (n) {
        uint32_t i = pop(); nev++;
        if (i == ~0u) {
            if (ni) { uint32_t k = idle[--ni]; at[k] = now; push(now + rexp1(), k); } else q[qt++ & mask] = now;
            if (++gen < N) push(now + rexp1() / lam, ~0u);
        } else {
            sum += now - at[i]; cnt++;
            if (qh != qt) { at[i] = q[qh++ & mask]; push(now + rexp1(), i); } else idle[ni++] = i;
        }
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b); double t = b.tv_sec - a.tv_sec + 1e-9 * (b.tv_nsec - a.tv_nsec);
    printf("plain C M/M/%d: cpu %.4f s, events %llu, %.1f ns/ev, %.2f Mcust/s, mean time in system %.4f\n", c, t, (unsigned long long)nev, t / nev * 1e9, cnt / t / 1e6, sum / cnt);
    return 0;
}
