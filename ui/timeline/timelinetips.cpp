// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinetips.h"

#include "app/base/timetext.h"
#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelinecontroller.h"

namespace {

/** So much of a prompt or of notes goes into a tool tip. */
constexpr qsizetype LongestTip = 160;

} // namespace

QString TimelineTips::describe(const TimelineScene &scene, int index)
{
    const SceneBlock &block = scene.blocks[size_t(index)];
    QString text = tr("at %1 on %2, severity %3")
                       .arg(clockText(block.start), scene.lanes[size_t(block.lane)].service,
                            severityName(block.severity).toLower());
    if (!block.sends) {
        text += tr(", not sent");
    }
    if (block.hold) {
        text += tr(", waits for GO");
    }
    return text + u", " + stateName(block.state).toLower();
}

QString TimelineTips::incidentTip(int index) const
{
    const SceneBlock &block = m_controller.scene().blocks[size_t(index)];
    QStringList facts{severityName(block.severity), tr("lasts %1").arg(timeText(block.duration)),
                      block.type == IncidentType::LlmGenerated ? tr("from a prompt")
                                                               : tr("predefined")};
    if (!block.sends) {
        facts << tr("not sent");
    }
    if (block.hold) {
        facts << tr("waits for GO");
    }
    if (m_controller.cursor().live) {
        facts << stateName(block.state);
    }
    QString text =
        QStringLiteral("<p style='white-space:pre'><b>T+%1</b>  %2<br><b>%3</b><br>%4</p>")
            .arg(clockText(block.start),
                 m_controller.scene().lanes[size_t(block.lane)].service.toHtmlEscaped(),
                 block.title.toHtmlEscaped(), facts.join(QStringLiteral(" · ")));
    for (const PastSend &send : m_controller.cursor().past) {
        if (send.block != index) {
            continue;
        }
        const auto moved = send.at - block.start;
        const QString when = std::chrono::abs(moved) < std::chrono::milliseconds(50)
                                 ? tr("at its moment")
                             : moved.count() > 0 ? tr("%1 later").arg(timeText(moved, 1))
                                                 : tr("%1 earlier").arg(timeText(-moved, 1));
        text += QStringLiteral("<p><i>%1:</i> %2, %3</p>")
                    .arg(m_controller.pastName().toHtmlEscaped(), when,
                         stateName(send.state).toLower());
    }
    if (!m_controller.document() || index >= m_controller.document()->timeline().incidents.size()) {
        return text;
    }
    const Incident &incident = m_controller.document()->timeline().incidents[index];
    const auto beginning = [](const QString &whole) {
        const QString line = whole.simplified();
        return line.size() > LongestTip ? line.left(LongestTip) + QChar(0x2026) : line;
    };
    for (const auto &[name, words] :
         {std::pair(tr("Prompt"),
                    block.type == IncidentType::LlmGenerated ? incident.prompt : QString()),
          std::pair(tr("Notes"), incident.notes), std::pair(tr("Comment"), incident.comment)}) {
        if (!words.isEmpty()) {
            text +=
                QStringLiteral("<p><i>%1:</i> %2</p>").arg(name, beginning(words).toHtmlEscaped());
        }
    }
    return text;
}

QString TimelineTips::tipAt(const QPoint &point) const
{
    const TimelineCanvas &canvas = m_controller.canvas();
    const int index = canvas.itemAt(point);
    if (index >= 0) {
        return incidentTip(index);
    }
    if (canvas.areas().strip.contains(point)) {
        return stripTip(point);
    }
    const int lane = canvas.headerAt(point);
    return lane >= 0 && m_controller.cursor().editable ? headerTip(lane, point) : QString();
}

QString TimelineTips::stripTip(const QPoint &point) const
{
    for (const StripMark &mark : m_controller.canvas().stripMarks()) {
        if (!mark.rect.contains(point)) {
            continue;
        }
        if (mark.isHold) {
            return tr("The run waits here for GO.") + incidentTip(mark.index);
        }
        const Marker &marker = m_controller.scene().markers[mark.index];
        return QStringLiteral("<p style='white-space:pre'><b>T+%1</b>  <b>%2</b></p><p>%3</p>")
            .arg(clockText(marker.at), marker.name.toHtmlEscaped(), marker.notes.toHtmlEscaped());
    }
    return m_controller.cursor().editable ? tr("Double click adds a marker.") : QString();
}

QString TimelineTips::headerTip(int lane, const QPoint &point) const
{
    const SceneLane &shown = m_controller.scene().lanes[size_t(lane)];
    switch (m_controller.canvas().laneHeader(lane).partAt(point)) {
    case HeaderPart::Mute:
        return shown.muted ? tr("Its incidents are not sent; click to send them.")
                           : tr("Mute: its incidents are not sent.");
    case HeaderPart::Lock:
        return shown.locked ? tr("Its incidents stay where they are; click to unlock.")
                            : tr("Lock: its incidents stay where they are.");
    case HeaderPart::Chevron:
        return shown.collapsed ? tr("Show its incidents.") : tr("Fold into one thin row.");
    case HeaderPart::Name:
        return shown.service.toHtmlEscaped() + QStringLiteral("<br>") +
               tr("Double click renames; drag to reorder.");
    case HeaderPart::None:
        break;
    }
    return {};
}
