# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared parameters of the reference workloads (used by every peer script in this folder).

Three-tier patient flow, time in minutes, open 24 h, empty at time 0, run to T = patients / LAM.
"""
import math

LAM = 2.5                      # arrivals per minute, all tiers together
P_TOWN, P_COUNTY = 0.63, 0.30  # remainder (0.07) goes to the city hospital
N_TOWN = 15
DOCS = {"T": 2, "C": 12, "V": 40}      # T township, C county, V city
EXAM = {"T": 1, "C": 4, "V": 12}
BEDS_C, BEDS_V = 550, 1500
P_EXAM, P_REFER, P_ADM_C, P_ADM_V, P_STEP = 0.35, 0.04, 0.05, 0.10, 0.20
DAY = 1440.0


def ln(mean, cv):
    """(mu, sigma) of the lognormal with this mean and coefficient of variation."""
    s2 = math.log(1.0 + cv * cv)
    return math.log(mean) - 0.5 * s2, math.sqrt(s2)


CONSULT1 = ln(10.0, 0.7)
EXAM_T = ln(10.0, 0.7)
CONSULT2 = ln(5.0, 0.7)
LOS = ln(8 * DAY, 0.8)
STEP = ln(6 * DAY, 0.8)
