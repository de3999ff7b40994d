// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/runlogmodel.h"

#include "app/base/timetext.h"
#include "app/run/runrecord.h"
#include "app/run/runwords.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"

#include <QFontDatabase>
#include <cmath>

void RunLogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_times = {};
    endResetModel();
}

QString RunLogModel::sentence(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    const double at = record.value(u"at_ms").toDouble();
    const QString number = u'#' + QString::number(record.value(u"index").toInt() + 1);
    const QString error = record.value(u"error").toString();

    if (kind == u"run") {
        return tr("Run of “%1” against %2")
            .arg(record.value(u"timeline").toString(), record.value(u"target").toString());
    }
    if (kind == u"held") {
        return tr("Holds before %1 for GO").arg(number);
    }
    if (kind == u"released") {
        return tr("GO");
    }
    if (kind == u"paused") {
        const QString why = record.value(u"why").toString();
        return record.value(u"cause").toString() == u"question" ? tr("A question holds the clock")
               : why.isEmpty()                                  ? tr("Paused")
                                                                : tr("Paused: %1").arg(why);
    }
    if (kind == u"jumped") {
        const QString place =
            clockText(std::chrono::milliseconds(qint64(record.value(u"position_ms").toDouble())));
        return record.value(u"passed").toString() == u"fire"
                   ? tr("Clock turned to %1; what was passed over is sent").arg(place)
                   : tr("Clock turned to %1; what was passed over is skipped").arg(place);
    }
    if (kind == u"network") {
        return record.value(u"state").toString() == u"lost" ? error
                                                            : tr("The target can be reached again");
    }
    if (kind == u"refired") {
        return tr("%1 is sent again by hand").arg(number);
    }
    if (kind == u"taken_back") {
        return tr("%1 taken back: it will be sent after all").arg(number);
    }
    if (kind == u"continued") {
        return record.contains(u"index") ? QString() : tr("Continued after the stop");
    }
    if (kind == u"resumed_run") {
        return tr("Resumed");
    }
    if (kind == u"resumed") {
        return tr("Continues");
    }
    if (kind == u"speed") {
        return tr("Speed %1").arg(speedText(record.value(u"speed").toDouble(1)));
    }
    if (kind == u"stopped") {
        return record.value(u"aborted").toBool() ? tr("Stopped, and what was in progress given up")
                                                 : tr("Stopped");
    }
    if (kind == u"finished") {
        return tr("Finished");
    }
    if (kind == u"sending") {
        const int attempt = record.value(u"attempt").toInt(1);
        if (attempt > 1) {
            return tr("%1 sent again, attempt %2").arg(number).arg(attempt);
        }
        return tr("%1 sent, %2 late")
            .arg(number, latencyText(std::max(0.0, at - record.value(u"due_ms").toDouble(at))));
    }
    if (kind == u"created") {
        QString text = tr("%1 created %2").arg(number, record.value(u"incident_id").toString());
        if (record.value(u"analysis").toString() == u"failed") {
            text += tr(", its analysis failed");
        }
        return text;
    }
    if (kind == u"waiting") {
        const double wait = record.value(u"until_ms").toDouble() - at;
        return tr("%1 waits %2 s: %3").arg(number).arg(qint64(std::ceil(wait / 1000))).arg(error);
    }
    if (kind == u"failed") {
        return tr("%1 failed: %2").arg(number, error);
    }
    if (kind == u"uncertain") {
        return tr("%1 is uncertain: %2").arg(number, error);
    }
    if (kind == u"skipped") {
        return error.isEmpty() ? tr("%1 skipped").arg(number)
                               : tr("%1 skipped: %2").arg(number, error);
    }
    if (const QString sentence = preparationSentence(record); !sentence.isEmpty()) {
        return record.contains(u"index") ? QString(number + u' ' + sentence) : sentence;
    }
    return {};
}

void RunLogModel::append(const RunEvent &event)
{
    if (event.as<RunBegan>()) {
        clear(); // of a run that is continued all is told again
    }
    const QJsonObject record = event;
    QString text = sentence(record);
    if (const auto early = m_times.firedEarlyBy(record)) {
        text = tr("#%1 fired by hand, %2 before its moment")
                   .arg(record.value(u"index").toInt() + 1)
                   .arg(latencyText(toMilliseconds(*early)));
    }
    m_times.apply(record);
    if (text.isEmpty()) {
        return;
    }
    const QDateTime when = m_times.wallOf(record);
    const QString time =
        when.isValid() ? when.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz")) : QString();
    const int row = int(m_lines.size());
    beginInsertRows({}, row, row);
    m_lines.append(
        {time, text, record.value(u"record").toString(), record.value(u"index").toInt(-1)});
    endInsertRows();
}

int RunLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant RunLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line &line = m_lines[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return QString(line.time + u"  " + line.text);
    case TimeRole:
        return line.time;
    case SentenceRole:
    case Qt::ToolTipRole:
        return line.text;
    case Qt::DecorationRole: {
        const auto state = incidentStateFromString(line.kind);
        return state ? stateIcon(*state) : QIcon();
    }
    case Qt::FontRole:
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    case IncidentRole:
        return line.incident;
    default:
        return {};
    }
}
