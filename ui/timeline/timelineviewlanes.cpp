// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "ui/document/timelinedocument.h"
#include "ui/timeline/lanenameedit.h"

#include <QMenu>
#include <QScrollBar>
#include <algorithm>

void TimelineView::toggleLane(int lane, HeaderPart part)
{
    if (lane < 0 || lane >= m_layout.laneCount()) {
        return;
    }
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    Lane value = laneValue(lane);
    QString name;
    switch (part) {
    case HeaderPart::Mute:
        value.muted = !value.muted;
        name = value.muted ? tr("Mute %1") : tr("Unmute %1");
        break;
    case HeaderPart::Lock:
        value.locked = !value.locked;
        name = value.locked ? tr("Lock %1") : tr("Unlock %1");
        break;
    case HeaderPart::Chevron:
        value.collapsed = !value.collapsed;
        name = value.collapsed ? tr("Collapse %1") : tr("Expand %1");
        break;
    case HeaderPart::Name:
    case HeaderPart::None:
        return;
    }
    m_document->edit(name.arg(value.service), withLane(m_document->timeline(), value, services()));
}

void TimelineView::moveLane(int lane, int to)
{
    if (lane < 0 || lane >= m_layout.laneCount() || to < 0 || to >= m_layout.laneCount() ||
        lane == to) {
        return;
    }
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    const QString service = m_scene.lanes[size_t(lane)].service;
    m_document->edit(tr("Move lane %1").arg(service),
                     laneMoved(m_document->timeline(), service, to, services()));
    setCurrentLane(laneOf(service));
}

void TimelineView::addLane()
{
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    const QString service = freeServiceName();
    m_document->edit(tr("Add lane"),
                     withLane(m_document->timeline(), {service, false, false, false}, services()));
    renameLane(laneOf(service));
}

void TimelineView::renameLane(int lane)
{
    if (lane < 0 || lane >= m_layout.laneCount()) {
        return;
    }
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    setCurrentLane(lane);
    const int top = int(m_layout.laneTop(lane));
    const int bottom = top + int(m_layout.laneHeight(lane));
    QScrollBar *bar = verticalScrollBar();
    bar->setValue(std::clamp(bar->value(), std::min(top, bottom - m_areas.lanes.height()), top));
    if (m_nameEdit) {
        m_nameEdit->deleteLater();
    }
    const QString service = m_scene.lanes[size_t(lane)].service;
    QStringList others = services();
    others.removeAt(lane);
    m_nameEdit = new LaneNameEdit(service, others, viewport());
    connect(m_nameEdit, &LaneNameEdit::named, this, [this](const QString &from, const QString &to) {
        if (!canEdit()) {
            return;
        }
        m_document->edit(tr("Rename lane %1 to %2").arg(from, to),
                         laneRenamed(m_document->timeline(), from, to, services(), *m_scenarios));
        setCurrentLane(laneOf(to));
    });
    const QRect name = laneHeader(lane).name.toAlignedRect();
    const int height = m_nameEdit->sizeHint().height();
    const int left = name.left() / 2;
    m_nameEdit->setGeometry(left, std::max(m_areas.headers.top(), name.center().y() - height / 2),
                            m_areas.headers.width() - 2 * left, height);
    m_nameEdit->show();
    m_nameEdit->setFocus();
}

void TimelineView::fillLaneMenu(QMenu *menu, int lane)
{
    const bool editable = canEdit();
    const auto add = [&](const QString &text, bool enabled, auto slot) {
        QAction *action = menu->addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    if (lane < 0) {
        add(tr("&Add lane…"), editable, [this] { addLane(); });
        return;
    }
    const SceneLane shown = m_scene.lanes[size_t(lane)];
    add(tr("&Rename…"), editable, [this, lane] { renameLane(lane); })->setShortcut(Qt::Key_F2);
    add(tr("&Add lane…"), editable, [this] { addLane(); });
    menu->addSeparator();
    const std::pair<QString, HeaderPart> switches[]{
        {tr("&Mute: its incidents are not sent"), HeaderPart::Mute},
        {tr("&Lock: its incidents stay where they are"), HeaderPart::Lock},
        {tr("&Collapse"), HeaderPart::Chevron}};
    for (const auto &[text, part] : switches) {
        QAction *action =
            add(text, editable, [this, lane, part = part] { toggleLane(lane, part); });
        action->setCheckable(true);
        action->setChecked(part == HeaderPart::Mute   ? shown.muted
                           : part == HeaderPart::Lock ? shown.locked
                                                      : shown.collapsed);
    }
    menu->addSeparator();
    add(tr("Move &up"), editable && lane > 0, [this, lane] { moveLane(lane, lane - 1); });
    add(tr("Move &down"), editable && lane + 1 < m_layout.laneCount(),
        [this, lane] { moveLane(lane, lane + 1); });
    menu->addSeparator();
    add(tr("&Select its incidents"), shown.count > 0, [this, lane] {
        Rows rows = m_layout.laneItems(lane);
        std::sort(rows.begin(), rows.end());
        selectRows(rows, rows.front());
    });
    add(tr("D&elete empty lane"), editable && shown.count == 0, [this, shown] {
        m_document->edit(tr("Delete lane %1").arg(shown.service),
                         laneRemoved(m_document->timeline(), shown.service));
    });
}

void TimelineView::showLaneMenu(int lane, const QPoint &globalPos)
{
    if (!m_document) {
        return;
    }
    if (lane >= 0) {
        setCurrentLane(lane);
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("laneMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillLaneMenu(menu, lane);
    menu->popup(globalPos);
}
