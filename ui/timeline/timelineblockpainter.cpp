// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineblockpainter.h"

#include "app/base/timetext.h"
#include "ui/look/text.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

/** Pixels from which on a block in one row has its title, and not only its number. */
constexpr qreal OneRowTitle = 150;

void paintBook(QPainter *painter, const QRectF &r)
{
    painter->drawRoundedRect(r.adjusted(0.5, 0.5, -0.5, -0.5), 1.2, 1.2);
    const qreal y = r.bottom() - r.height() * 0.28;
    painter->drawLine(QPointF(r.left() + 0.5, y), QPointF(r.right() - 0.5, y));
}

void paintPin(QPainter *painter, const QRectF &r, bool full)
{
    const qreal w = r.width();
    const QRectF head(r.left() + w * 0.28, r.top() + w * 0.06, w * 0.44, w * 0.5);
    if (full) {
        painter->fillRect(head, painter->pen().color());
    }
    painter->drawRect(head);
    painter->drawLine(QPointF(r.left() + w * 0.12, head.bottom()),
                      QPointF(r.right() - w * 0.12, head.bottom()));
    painter->drawLine(QPointF(r.center().x(), head.bottom()), QPointF(r.center().x(), r.bottom()));
}

void drawText(QPainter *painter, const QPointF &baseline, const QString &text, const QColor &ink,
              const QColor *halo)
{
    if (halo) {
        painter->setPen(*halo);
        // Only upright lines cross a text, so the halo need not be round.
        for (const int dx : {-2, -1, 1, 2}) {
            painter->drawText(baseline + QPointF(dx, 0), text);
        }
    }
    painter->setPen(ink);
    painter->drawText(baseline, text);
}

} // namespace

TimelineBlockPainter::TimelineBlockPainter(const TimelineScene &scene, const TimelineLayout &layout,
                                           TimelineLook &look)
    : m_scene(scene)
    , m_layout(layout)
    , m_look(look)
{}

PlacedBlock TimelineBlockPainter::placed(int index, const QPointF &origin) const
{
    const QRectF rect = m_layout.blockRect(index);
    const QRectF shown(m_look.snapped(rect.left()) + origin.x(), rect.top() + origin.y(),
                       std::max(1.0, m_look.snapped(rect.width()) - 1), rect.height());
    return {shown,
            std::min(shown.width(),
                     std::max(m_look.px(3), m_look.snapped(m_layout.durationWidth(index)) - 1))};
}

void TimelineBlockPainter::paintBody(QPainter *painter, const PlacedBlock &place,
                                     const SceneBlock &block, bool hovered, BlockEdges edges) const
{
    const QRectF &rect = place.rect;
    const qreal bar = m_look.px(3);
    QColor body = m_look.bodyOf(block);
    if (hovered) {
        body = mixed(body, m_look.theme().text, 0.06);
    }
    const QColor edge =
        block.sends ? m_look.theme().ink(block.severity).edge
                    : mixed(m_look.theme().lane, m_look.theme().ink(block.severity).edge, 0.4);
    const QColor frame = mixed(body, edge, 0.55);

    painter->setPen(Qt::NoPen);
    if (edges == BlockEdges::Round) {
        painter->setRenderHint(QPainter::Antialiasing);
        const qreal radius = m_look.px(3);
        painter->setBrush(frame);
        painter->drawRoundedRect(rect, radius, radius);
        painter->setBrush(body);
        painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
        painter->setRenderHint(QPainter::Antialiasing, false);
    } else {
        painter->fillRect(rect, frame);
        painter->fillRect(rect.adjusted(1, 1, -1, -1), body);
    }
    painter->fillRect(QRectF(rect.left(), rect.top(), bar, rect.height()), edge);
    painter->fillRect(QRectF(rect.left(), rect.bottom() - bar, place.trueWidth, bar), edge);

    const qreal size = m_look.isCompact() ? m_look.px(16) : m_look.px(22);
    const qreal inset = std::round((rect.height() - bar - size) / 2);
    const QRectF badge(rect.left() + bar + m_look.px(m_look.isCompact() ? 3 : 5),
                       rect.top() + std::max(1.0, inset), size, size);
    if (m_look.isForPaper()) {
        painter->save();
        paintSeverity(painter, badge, block.severity, m_look.theme());
        painter->restore();
    } else {
        painter->drawPixmap(badge.topLeft(), m_look.marks().severity(block.severity, size,
                                                                     m_look.dpr(), m_look.theme()));
    }
}

void TimelineBlockPainter::paintPast(QPainter *painter, const QRectF &part, const QPointF &origin,
                                     const TimelineCursor &cursor) const
{
    if (cursor.past.empty()) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    for (const PastSend &send : cursor.past) {
        if (size_t(send.block) >= m_scene.blocks.size() ||
            m_layout.isDense(m_scene.blocks[size_t(send.block)].lane)) {
            continue;
        }
        const QRectF block = placed(send.block, origin).rect;
        const qreal x = m_look.snapped(m_layout.xOf(send.at.count())) + origin.x();
        const QRectF ghost(x, block.top(), block.width(), block.height());
        if (!ghost.united(block).intersects(part)) {
            continue;
        }
        QPen dashed(m_look.theme().snap, 1.5);
        dashed.setDashPattern({3, 2});
        painter->setPen(dashed);
        painter->drawRoundedRect(ghost.adjusted(0.5, 0.5, -0.5, -0.5), m_look.px(3), m_look.px(3));
        // How far it was from where it stands now, along the bar of its duration.
        painter->setPen(QPen(m_look.theme().snap, m_look.px(2)));
        const qreal y = block.bottom() - m_look.px(1.5);
        if (std::abs(x - block.left()) > m_look.px(2)) {
            painter->drawLine(QPointF(block.left(), y), QPointF(x, y));
        }
        painter->drawLine(QPointF(x + m_look.px(1), ghost.top() + m_look.px(2)),
                          QPointF(x + m_look.px(1), ghost.bottom() - m_look.px(1)));
        const qreal size = m_look.px(m_look.isCompact() ? 12 : 14);
        if (send.state != IncidentState::Created && ghost.width() > 3 * size) {
            painter->drawPixmap(
                QPointF(m_look.snapped(ghost.right() - size - m_look.px(2)),
                        std::round(ghost.bottom() - size - m_look.px(3))),
                m_look.marks().state(send.state, size, m_look.dpr(), m_look.theme()));
        }
    }
    painter->restore();
}

void TimelineBlockPainter::paintTexts(QPainter *painter, const QRectF &rect,
                                      const SceneBlock &block, bool halo, bool live) const
{
    const qreal bar = m_look.px(3);
    const qreal badge = m_look.isCompact() ? m_look.px(16) : m_look.px(22);
    const qreal left =
        rect.left() + bar + m_look.px(m_look.isCompact() ? 3 : 5) + badge + m_look.px(6);
    qreal right = rect.right() - m_look.px(6);
    // In one row the number is what a block is known by: it comes before the mark of its state.
    const bool isOneRow = m_layout.measures().isOneRow;
    const qreal least = m_look.px(isOneRow ? 8 : 18);
    if (live) {
        const qreal size = m_look.px(m_look.isCompact() ? 14 : 16);
        const bool crowdsOut = isOneRow && right - size - m_look.px(6) - left < least;
        if (!crowdsOut && right - size >= left - m_look.px(6)) {
            const qreal y = rect.top() + std::round((rect.height() - bar - size) / 2);
            painter->drawPixmap(
                QPointF(m_look.snapped(right - size), std::max(rect.top(), y)),
                m_look.marks().state(block.state, size, m_look.dpr(), m_look.theme()));
            right -= size + m_look.px(6);
        }
    }
    if (right - left < least) {
        return;
    }

    const QColor body = m_look.bodyOf(block);
    const QColor ink = block.sends ? m_look.theme().text : m_look.theme().secondary;
    const bool numberAlone = isOneRow && rect.width() < m_look.px(OneRowTitle);
    const QString title =
        m_look.elided(numberAlone ? block.title.section(u' ', 0, 0) : block.title, right - left);
    painter->setFont(m_look.title());
    const qreal height = rect.height() - bar;
    const qreal lines = m_look.isCompact()
                            ? m_look.titleMetrics().height()
                            : m_look.titleMetrics().height() + m_look.smallMetrics().height();
    const qreal top = rect.top() + std::max(0.0, (height - lines) / 2);
    drawText(painter, QPointF(left, std::round(top + m_look.titleMetrics().ascent())), title, ink,
             halo ? &body : nullptr);
    if (!m_look.isCompact()) {
        paintSecondLine(painter,
                        QRectF(left, std::round(top + m_look.titleMetrics().height()), right - left,
                               m_look.smallMetrics().height()),
                        block, halo);
    }
}

void TimelineBlockPainter::paintSecondLine(QPainter *painter, const QRectF &rect,
                                           const SceneBlock &block, bool halo) const
{
    const QColor body = m_look.bodyOf(block);
    const QColor ink = block.sends ? mixed(m_look.theme().text, m_look.theme().secondary, 0.5)
                                   : m_look.theme().secondary;
    const QColor *behind = halo ? &body : nullptr;
    const qreal baseline = std::round(rect.top() + m_look.smallMetrics().ascent());
    const qreal gap = m_look.px(4);
    qreal x = rect.left();
    painter->setFont(m_look.small());
    const auto word = [&](const QString &text) {
        const qreal width = m_look.smallMetrics().horizontalAdvance(text);
        if (x + width > rect.right()) {
            return false;
        }
        drawText(painter, QPointF(x, baseline), text, ink, behind);
        x += width + gap;
        return true;
    };
    const qreal icon = std::round(m_look.smallMetrics().ascent() * 0.85);
    const auto iconRect = [&] {
        return QRectF(m_look.snapped(x), std::round(baseline - icon) + 0.5, icon - 1, icon - 1);
    };

    // Before all else, since it is what matters most, and the room may end anywhere.
    if (!block.sends) {
        word(tr("not sent"));
    }
    painter->setBrush(Qt::NoBrush);
    if (block.type == IncidentType::LlmGenerated) {
        const QString text = tr("LLM");
        const qreal width = m_look.smallMetrics().horizontalAdvance(text) + 2 * m_look.px(3);
        if (x + width > rect.right()) {
            return;
        }
        const QRectF box(m_look.snapped(x) + 0.5, rect.top() + 0.5, std::round(width),
                         rect.height() - 1);
        if (halo) {
            painter->fillRect(box, body);
        }
        painter->setPen(ink);
        painter->drawRoundedRect(box, 2, 2);
        painter->drawText(QPointF(box.left() + m_look.px(3), baseline), text);
        x += box.width() + gap + 2;
        if (block.pin != SceneBlock::Pin::None) {
            const bool isStale = block.pin == SceneBlock::Pin::Stale;
            const bool isPinned = block.pin == SceneBlock::Pin::Pinned;
            const QString label = isStale    ? tr("Stale")
                                  : isPinned ? tr("Pinned")
                                             : tr("Not pinned");
            if (x + icon + m_look.smallMetrics().horizontalAdvance(label) <= rect.right()) {
                painter->setPen(ink);
                if (isStale) {
                    paintProblem(painter, iconRect(), false, m_look.theme().warning,
                                 m_look.theme().base);
                } else {
                    paintPin(painter, iconRect(), isPinned);
                }
                x += icon + m_look.px(2);
                word(label);
            }
        }
    } else {
        const QString label = tr("Predefined");
        if (x + icon + m_look.smallMetrics().horizontalAdvance(label) <= rect.right()) {
            painter->setPen(ink);
            paintBook(painter, iconRect());
            x += icon + m_look.px(3);
            word(label);
        }
    }
    if (block.sends) {
        word(timeText(block.duration));
    }
}

void TimelineBlockPainter::paintOutline(QPainter *painter, const QRectF &rect, int index,
                                        const TimelineCursor &cursor) const
{
    const SceneBlock &block = m_scene.blocks[size_t(index)];
    QColor ink;
    if (cursor.isSelected(index)) {
        ink = m_look.theme().accent;
    } else if (cursor.live &&
               (block.state == IncidentState::Waiting || block.state == IncidentState::Failed ||
                block.state == IncidentState::Uncertain)) {
        ink = m_look.theme().ink(block.state);
    } else if (cursor.focused && index == cursor.current) {
        ink = m_look.theme().border;
    } else {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(ink, 2));
    painter->drawRoundedRect(rect.adjusted(-1, -1, 1, 1), m_look.px(3), m_look.px(3));
    painter->restore();
}
