// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/presenterlog.h"

#include "app/base/clock.h"
#include "app/base/numbers.h"
#include "app/base/timetext.h"

#include <QCoreApplication>

namespace {

struct PresenterWords
{
    Q_DECLARE_TR_FUNCTIONS(PresenterLog)
};

/** "#4 Disk full" */
QString nameOf(int index, const RunReport &report)
{
    const QString number = QStringLiteral("#%1").arg(index + 1);
    return index >= 0 && index < report.incidents.size()
               ? QString(number + u' ' + report.incidents[index].run.title)
               : number;
}

QString skippedBy(const Intervention &event)
{
    return event.skipped.isEmpty() ? QString()
                                   : u' ' + PresenterWords::tr("Skipped because of it: %1.")
                                                .arg(placesText(event.skipped));
}

QString pauseLine(const Intervention &event)
{
    const QString why = event.why.isEmpty() ? QString() : u' ' + event.why;
    if (!event.to) {
        return PresenterWords::tr("Paused, and not continued.") + why;
    }
    const QString length = lengthText(*event.to - event.from);
    return (event.cause == PauseCause::Question
                ? PresenterWords::tr("A question held the clock for %1.").arg(length)
                : PresenterWords::tr("Paused for %1; what followed shifted by that, and is not "
                                     "counted as late.")
                      .arg(length)) +
           why;
}

QString networkLine(const Intervention &event)
{
    // The watch says first that it cannot be reached, as this line does.
    const QString lead =
        QCoreApplication::translate("NetworkWatch", "The target cannot be reached. %1")
            .arg(QString());
    const QString reason = event.why.startsWith(lead) ? event.why.mid(lead.size()) : event.why;
    const QString why = reason.isEmpty() ? QString() : u' ' + reason;
    return (event.to ? PresenterWords::tr("The target could not be reached for %1.")
                           .arg(lengthText(*event.to - event.from))
                     : PresenterWords::tr("The target could not be reached from here on.")) +
           why;
}

QString lineOf(const Intervention &event, const RunReport &report)
{
    const QString name = nameOf(event.index, report);
    switch (event.kind) {
    case Intervention::Kind::Hold:
        return event.to
                   ? PresenterWords::tr("Held %1 for GO before %2; counted from GO, not as late.")
                         .arg(lengthText(*event.to - event.from), name)
                   : PresenterWords::tr("Held before %1; GO has not come.").arg(name);
    case Intervention::Kind::Pause:
        return pauseLine(event);
    case Intervention::Kind::Jump:
        return PresenterWords::tr("Jumped from %1 to %2.")
                   .arg(positionText(event.positionBefore), positionText(event.position)) +
               skippedBy(event);
    case Intervention::Kind::Speed:
        return PresenterWords::tr("Speed set to %1.").arg(speedText(event.speed));
    case Intervention::Kind::Stop:
        return PresenterWords::tr("Stopped.") + skippedBy(event);
    case Intervention::Kind::Resume:
        return PresenterWords::tr("Resumed, %1 after the last record.")
            .arg(lengthText(event.to.value_or(event.from) - event.from));
    case Intervention::Kind::Network:
        return networkLine(event);
    case Intervention::Kind::Fire:
        return PresenterWords::tr("%1 was fired by hand, %2 before its moment: planned for %3, "
                                  "sent at %4.")
            .arg(name, lengthText(event.early), positionText(event.position + event.early),
                 positionText(event.position));
    case Intervention::Kind::Skip:
        return event.skipped.size() == 1
                   ? PresenterWords::tr("%1 was not sent. %2").arg(name, event.why)
                   : PresenterWords::tr("%1 were not sent. %2")
                         .arg(placesText(event.skipped), event.why);
    case Intervention::Kind::TakeBack:
        return PresenterWords::tr("%1 was taken back: it is to be sent after all.").arg(name);
    case Intervention::Kind::SendAgain:
        return PresenterWords::tr("%1 was sent again by hand.").arg(name);
    case Intervention::Kind::Continue:
        return PresenterWords::tr(
            "Continued after the stop; what that skipped is to be sent after all.");
    }
    return {};
}

} // namespace

QString lengthText(Duration length)
{
    const double lengthMs = toMilliseconds(length);
    if (lengthMs < 100) {
        return latencyText(length);
    }
    return lengthMs < 99500
               ? PresenterWords::tr("%1 s").arg(QString::number(lengthMs / 1000, 'g', 2))
               : timeText(wholeMilliseconds(lengthMs));
}

QList<PresenterLine> presenterLogOf(const RunReport &report)
{
    QList<PresenterLine> lines;
    for (const Intervention &event : report.events) {
        // What turns the clock is told where it was turned, not where it stands then.
        const TimelinePosition position =
            event.kind == Intervention::Kind::Jump ? event.positionBefore : event.position;
        lines.append({event.wall.toLocalTime(), position, event.index, lineOf(event, report)});
    }
    return lines;
}
