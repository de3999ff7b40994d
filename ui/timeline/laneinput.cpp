// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/laneinput.h"

#include "ui/timeline/timelinecontroller.h"

#include <QEvent>
#include <QMenu>
#include <algorithm>

LaneInput::LaneInput(TimelineController &controller)
    : m_controller(controller)
{
    connect(&controller, &TimelineController::laneNameWanted, this, &LaneInput::askForName);
    connect(&controller, &TimelineController::laneMenuWanted, this, &LaneInput::showMenu);
    controller.canvas().pane().installEventFilter(this);
}

bool LaneInput::eventFilter(QObject *watched, QEvent *event)
{
    // A press elsewhere ends the typing.
    if (event->type() == QEvent::MouseButtonPress && m_nameEdit) {
        m_controller.canvas().pane().parentWidget()->setFocus();
    }
    return QObject::eventFilter(watched, event);
}

void LaneInput::askForName(int lane)
{
    if (m_nameEdit) {
        m_nameEdit->deleteLater();
    }
    const QString service = m_controller.scene().lanes[size_t(lane)].service;
    QStringList others = m_controller.selection().services();
    others.removeAt(lane);
    m_nameEdit = new LaneNameEdit(service, others, &m_controller.canvas().pane());
    connect(m_nameEdit, &LaneNameEdit::named, &m_controller, &TimelineController::renameLane);
    const QRect name = m_controller.canvas().laneHeader(lane).name.toAlignedRect();
    const int height = m_nameEdit->sizeHint().height();
    const int left = name.left() / 2;
    m_nameEdit->setGeometry(
        left, std::max(m_controller.canvas().areas().headers.top(), name.center().y() - height / 2),
        m_controller.canvas().areas().headers.width() - 2 * left, height);
    m_nameEdit->show();
    m_nameEdit->setFocus();
}

void LaneInput::fillMenu(QMenu *menu, int lane)
{
    const bool editable = m_controller.canEdit();
    const auto add = [&](const QString &text, bool enabled, auto slot) {
        QAction *action = menu->addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    if (lane < 0) {
        add(tr("&Add lane…"), editable, [this] { m_controller.addLane(); });
        return;
    }
    const SceneLane shown = m_controller.scene().lanes[size_t(lane)];
    add(tr("&Rename…"), editable, [this, lane] {
        m_controller.askForLaneName(lane);
    })->setShortcut(Qt::Key_F2);
    add(tr("&Add lane…"), editable, [this] { m_controller.addLane(); });
    menu->addSeparator();
    const std::pair<QString, HeaderPart> switches[]{
        {tr("&Mute: its incidents are not sent"), HeaderPart::Mute},
        {tr("&Lock: its incidents stay where they are"), HeaderPart::Lock},
        {tr("&Collapse"), HeaderPart::Chevron}};
    for (const auto &[text, part] : switches) {
        QAction *action =
            add(text, editable, [this, lane, part = part] { m_controller.toggleLane(lane, part); });
        action->setCheckable(true);
        action->setChecked(part == HeaderPart::Mute   ? shown.muted
                           : part == HeaderPart::Lock ? shown.locked
                                                      : shown.collapsed);
    }
    menu->addSeparator();
    add(tr("Move &up"), editable && lane > 0,
        [this, lane] { m_controller.moveLane(lane, lane - 1); });
    add(tr("Move &down"), editable && lane + 1 < m_controller.canvas().layout().laneCount(),
        [this, lane] { m_controller.moveLane(lane, lane + 1); });
    menu->addSeparator();
    add(tr("&Select its incidents"), shown.count > 0, [this, lane] {
        Rows rows = m_controller.canvas().layout().laneItems(lane);
        std::sort(rows.begin(), rows.end());
        m_controller.selection().select(rows, rows.front());
    });
    add(tr("D&elete empty lane"), editable && shown.count == 0,
        [this, shown] { m_controller.deleteLane(shown.service); });
}

void LaneInput::showMenu(int lane, const QPoint &globalPos)
{
    auto *menu = new QMenu(m_controller.canvas().pane().parentWidget());
    menu->setObjectName(QStringLiteral("laneMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu, lane);
    menu->popup(globalPos);
}
