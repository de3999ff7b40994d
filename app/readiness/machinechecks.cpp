// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/machinechecks.h"

#include "app/base/timetext.h"
#include "app/desktop/sleepinhibitor.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QTemporaryFile>

#include <cmath>

#include <sys/statvfs.h>
#include <unistd.h>

namespace {

using State = CheckItem::State;

/** The context of this file's words for translators. */
struct MachineWords
{
    Q_DECLARE_TR_FUNCTIONS(ShowCheck)
};

/** "2 h 10 min", "18 min" */
QString roughly(std::chrono::milliseconds time)
{
    const qint64 minutes = std::chrono::floor<std::chrono::minutes>(time).count();
    if (minutes < 60) {
        return MachineWords::tr("%1 min").arg(minutes);
    }
    return minutes % 60 == 0 ? MachineWords::tr("%1 h").arg(minutes / 60)
                             : MachineWords::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

} // namespace

CheckItem MachineChecks::power(const PowerReading &reading, std::chrono::milliseconds length)
{
    constexpr int LowPercent = 20;
    CheckItem item = checkItem("power");
    if (!reading.isKnown && !reading.couldAsk) {
        item.state = State::Unknown;
        item.brief = MachineWords::tr("not known");
        item.sentence =
            MachineWords::tr("Whether the machine runs on a battery can't be told here.");
        return item;
    }
    if (!reading.isKnown) {
        item.state = State::Good;
        item.brief = MachineWords::tr("no battery");
        item.sentence = MachineWords::tr("The machine has no battery that it knows of.");
        return item;
    }
    if (!reading.onBattery) {
        item.state = State::Good;
        item.brief = MachineWords::tr("plugged in");
        item.sentence =
            reading.percent
                ? MachineWords::tr("Plugged in; the battery is at %1 %.").arg(*reading.percent)
                : MachineWords::tr("Plugged in.");
        return item;
    }
    QString battery = reading.percent ? MachineWords::tr("On battery, %1 %").arg(*reading.percent)
                                      : MachineWords::tr("On battery");
    if (reading.timeLeft) {
        battery = MachineWords::tr("%1, about %2 left").arg(battery, roughly(*reading.timeLeft));
    }
    const bool endsEarly = reading.timeLeft && *reading.timeLeft < length;
    const bool isLow = !reading.timeLeft && reading.percent && *reading.percent < LowPercent;
    item.state = endsEarly || isLow ? State::Problem : State::Warning;
    item.brief = battery.left(1).toLower() + battery.mid(1);
    item.sentence = (endsEarly ? MachineWords::tr("%1: the show takes %2, so it would not end.")
                               : MachineWords::tr("%1; the show takes %2."))
                        .arg(battery, clockText(length));
    item.fix = MachineWords::tr("Plug in the charger.");
    return item;
}

CheckItem MachineChecks::sleep(const SleepInhibitor &inhibitor, bool hasLid)
{
    CheckItem item = checkItem("sleep");
    item.sentence = inhibitor.holder();
    if (inhibitor.isWanted() && !inhibitor.isSettled()) {
        item.state = State::Running;
        return item;
    }
    const bool sleepKept = inhibitor.keeps(SleepInhibitor::Sleep);
    const bool screenKept = inhibitor.keeps(SleepInhibitor::Screen);
    item.state = sleepKept && screenKept ? State::Good : State::Warning;
    item.brief = sleepKept && screenKept ? MachineWords::tr("inhibited")
                 : sleepKept             ? MachineWords::tr("screen may be blanked")
                 : screenKept            ? MachineWords::tr("machine may sleep")
                                         : MachineWords::tr("not inhibited");
    if (item.state == State::Warning) {
        item.fix = MachineWords::tr("Switch off automatic sleep and blanking in the desktop's "
                                    "power settings, for as long as the show takes.");
    }
    if (hasLid) {
        item.sentence += u' ' + (inhibitor.keeps(SleepInhibitor::Lid)
                                     ? MachineWords::tr("Closing the lid does not suspend it.")
                                     : MachineWords::tr("Keep the lid open: closing it may suspend "
                                                        "the machine."));
    }
    return item;
}

CheckItem MachineChecks::clock(std::optional<bool> isSynchronised,
                               std::optional<std::chrono::milliseconds> ahead)
{
    // A Date header has whole seconds, and the way there takes its time.
    constexpr auto Tolerance = std::chrono::milliseconds(2000);
    CheckItem item = checkItem("clock");
    item.state = State::Good;
    item.brief = MachineWords::tr("synchronised");
    item.sentence = MachineWords::tr("The clock is synchronised.");
    if (!isSynchronised) {
        item.state = State::Unknown;
        item.brief = MachineWords::tr("not known");
        item.sentence = MachineWords::tr("Whether the clock is synchronised cannot be told here.");
    } else if (!*isSynchronised) {
        item.state = State::Warning;
        item.brief = MachineWords::tr("not synchronised");
        item.sentence = MachineWords::tr("Nothing keeps the clock right; the times in report and "
                                         "target may differ.");
        item.fix = MachineWords::tr("Switch on network time, with \"timedatectl set-ntp true\".");
    }
    if (ahead && std::chrono::abs(*ahead) > Tolerance) {
        const qint64 seconds =
            std::chrono::round<std::chrono::seconds>(std::chrono::abs(*ahead)).count();
        item.state = State::Warning;
        item.brief = ahead->count() > 0 ? MachineWords::tr("target %1 s ahead").arg(seconds)
                                        : MachineWords::tr("target %1 s behind").arg(seconds);
        item.sentence +=
            u' ' + (ahead->count() > 0 ? MachineWords::tr("The target's clock is %1 s ahead of it.")
                                       : MachineWords::tr("The target's clock is %1 s behind it."))
                       .arg(seconds);
        item.fix = MachineWords::tr("Set both clocks by network time. Incidents go out at their "
                                    "moments all the same.");
    } else if (ahead && item.state == State::Good) {
        item.sentence =
            MachineWords::tr("The clock is synchronised, and the target's says the same.");
    } else if (ahead && item.state == State::Unknown) {
        item.state = State::Good;
        item.brief = MachineWords::tr("as the target's");
        item.sentence = MachineWords::tr("The clock says the same as the target's.");
    }
    return item;
}

CheckItem MachineChecks::disk(const QString &folder, std::optional<qint64> bytesFree,
                              bool isWritable)
{
    // A run of 5,000 incidents with what the target returned is some 40 MB.
    constexpr qint64 Megabyte = 1024LL * 1024;
    constexpr qint64 Plenty = 500 * Megabyte;
    constexpr qint64 Enough = 50 * Megabyte;
    CheckItem item = checkItem("disk");
    const QString place = QDir::toNativeSeparators(folder);
    item.fixId = QStringLiteral("open-runs-folder");
    if (!isWritable) {
        item.state = State::Problem;
        item.brief = MachineWords::tr("cannot be written");
        item.sentence =
            MachineWords::tr("The run could not be recorded: \"%1\" cannot be written.").arg(place);
        item.fix = MachineWords::tr("Give yourself the right to write there.");
        return item;
    }
    if (!bytesFree) {
        item.state = State::Unknown;
        item.fixId.clear();
        item.brief = MachineWords::tr("free space not known");
        item.sentence =
            MachineWords::tr("The system does not say how much is free in “%1”.").arg(place);
        return item;
    }
    const QString free = QLocale::c().formattedDataSize(*bytesFree, 0);
    item.brief = MachineWords::tr("%1 free").arg(free);
    item.sentence = MachineWords::tr("%1 are free where the journal will be.").arg(free);
    if (*bytesFree < Plenty) {
        item.state = *bytesFree < Enough ? State::Problem : State::Warning;
        item.sentence = MachineWords::tr("Only %1 are free where the journal will be, in \"%2\".")
                            .arg(free, place);
        item.fix = MachineWords::tr("Free some disk space.");
    } else {
        item.state = State::Good;
        item.fixId.clear();
    }
    return item;
}

CheckItem MachineChecks::disk(const QString &folder)
{
    QString there = folder;
    while (!QFileInfo::exists(there) && !QDir(there).isRoot()) {
        const QString above = QFileInfo(there).path();
        if (above == there || above == u".") {
            break;
        }
        there = above;
    }
    bool isWritable = ::access(QFile::encodeName(there).constData(), W_OK | X_OK) == 0;
    if (isWritable && there == folder) {
        // A full or failing disk shows only when something is written to it.
        QTemporaryFile probe(folder + QStringLiteral("/.check-XXXXXX"));
        isWritable = probe.open() && probe.write("check") == 5 && probe.flush();
    }
    // Of the folder itself: a list of mounts may not have what it lies on.
    struct statvfs storage = {};
    if (::statvfs(QFile::encodeName(there).constData(), &storage) != 0) {
        return disk(folder, std::nullopt, isWritable);
    }
    const bool isReadOnly = (storage.f_flag & ST_RDONLY) != 0;
    // Some file systems have no size, and so nothing free either.
    const auto free = storage.f_blocks > 0
                          ? std::optional(qint64(storage.f_bavail) * qint64(storage.f_frsize))
                          : std::nullopt;
    return disk(folder, free, isWritable && !isReadOnly);
}
