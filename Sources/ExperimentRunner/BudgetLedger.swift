// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import PatientFlow
import SimulationKernel

/// One replication of one scenario of a region, run for the accounts of its global budgets.
public struct BudgetLedger: Sendable {
  /// One figure of a yearly statement.
  package struct Line: Hashable, Sendable {
    package enum Entry: Hashable, Sendable, CaseIterable {
      case heads, days, fund, reserve, budget, carriedIn, available
      case advance, members, purchased, outOfArea, paid, left, pressure, refused, shifted
      case toInstitution, spent, balance, surplus, shareOf, returned, carriedOut
    }

    package var entry: Entry
    /// The month or institution it is of; empty of the year.
    package var member = ""
    /// Fen of amounts; heads, days and admissions as they are; pressure in millionths.
    package var value: Int64
  }

  /// What one year of one account came to.
  package struct Statement: Sendable {
    package var lead: String
    package var year: Int
    /// Whether the year has ended; if not, it stands as it is at the end of the run.
    package var isSettled: Bool
    package var lines: [Line]
  }

  package let statements: [Statement]
  public let scenario: String
  public let replication: Int

  /// Runs the replication.
  ///
  /// - Throws: ``RunnerFault`` when there is no such scenario, the model is no region, or it has no
  ///   budget in force.
  public init(
    _ loaded: LoadedExperiment, scenario: String? = nil, point: Int? = nil, replication: Int = 1
  ) throws(RunnerFault) {
    guard loaded.plan.kind == .region else {
      throw .invalid("\(loaded.plan.name): is a network; only regions have a budget's ledger")
    }
    let place = try loaded.index(ofScenario: scenario, point: point)
    let region = try loaded.region(at: place)
    self.scenario = loaded.name(of: place)
    self.replication = replication
    let key = ReplicationKey(point: place + 1, replication: replication)
    let run = RegionRun(
      model: region.model, window: region.window, root: loaded.design.root(of: key))
    run.advance(until: region.window.end)
    run.checkConservation()
    statements = run.budgetAccounts.flatMap { account in
      account.years.map {
        Self.statement($0.told(times: region.model.sample.expansion), account, region.model)
      }
    }
    if statements.isEmpty {
      throw .invalid(
        "\(self.scenario): has no global budget in force; "
          + "switch one on, or name a scenario that has one with --scenario")
    }
  }

  private static func statement(
    _ year: BudgetYear, _ account: BudgetAccount, _ model: RegionModel
  ) -> Statement {
    func name(_ site: Int) -> String { model.institutions[site].name }
    var lines: [Line] = [
      Line(entry: .heads, value: Int64(year.heads)), Line(entry: .days, value: Int64(year.days)),
      Line(entry: .fund, value: year.fund.fen), Line(entry: .reserve, value: year.reserve.fen),
      Line(entry: .budget, value: year.budget.fen),
      Line(entry: .carriedIn, value: year.carriedIn.fen),
      Line(entry: .available, value: year.available.fen),
    ]
    var left = Money.zero - year.carriedIn
    for month in year.months {
      let member = model.demand.monthNames[month.month]
      left += month.advance
      left -= month.paid
      lines += [
        Line(entry: .advance, member: member, value: month.advance.fen),
        Line(entry: .members, member: member, value: month.members.fen),
        Line(entry: .purchased, member: member, value: month.purchased.fen),
        Line(entry: .outOfArea, member: member, value: month.outOfArea.fen),
        Line(entry: .paid, member: member, value: month.paid.fen),
        Line(entry: .left, member: member, value: left.fen),
        Line(entry: .pressure, member: member, value: Int64((month.pressure * 1e6).rounded())),
        Line(entry: .refused, member: member, value: month.refused),
        Line(entry: .shifted, member: member, value: month.shifted.fen),
      ]
    }
    for site in model.institutions.indices {
      let paid = year.months.reduce(Money.zero) { $0 + $1.institutions[site] }
      if paid != .zero {
        lines.append(Line(entry: .toInstitution, member: name(site), value: paid.fen))
      }
    }
    lines += [
      Line(entry: .spent, value: year.spent.fen), Line(entry: .balance, value: left.fen),
    ]
    if year.isSettled {
      lines.append(Line(entry: .surplus, value: year.surplus.fen))
      lines += year.shares.map {
        Line(entry: .shareOf, member: name($0.institution), value: $0.amount.fen)
      }
      lines += [
        Line(entry: .returned, value: year.returned.fen),
        Line(entry: .carriedOut, value: year.carriedOut.fen),
      ]
    }
    return Statement(
      lead: name(account.rule.lead), year: Int(year.year), isSettled: year.isSettled, lines: lines)
  }
}

extension BudgetLedger {
  /// The statements as data.
  public var json: JSONValue {
    .list(
      statements.map { statement in
        .object([
          ("scenario", .text(scenario)), ("replication", .integer(replication)),
          ("lead", .text(statement.lead)), ("year", .integer(statement.year)),
          ("settled", .flag(statement.isSettled)),
          (
            "lines",
            .list(
              statement.lines.map { line in
                .object([
                  ("entry", .text("\(line.entry)")), ("member", .text(line.member)),
                  ("value", .integer(Int(line.value))),
                ])
              })
          ),
        ])
      })
  }
}
