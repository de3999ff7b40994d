// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QApplication>
#include <QDrag>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <optional>

namespace {

/** What is larger is not read while it is dragged over the view. */
constexpr qsizetype LargestDrag = qsizetype(16) * 1024 * 1024;

std::optional<TimelineFragment> draggedFragment(const QMimeData *mime)
{
    QByteArray text;
    if (mime->hasFormat(QLatin1String(FragmentMimeType))) {
        text = mime->data(QLatin1String(FragmentMimeType));
    } else if (mime->hasText()) {
        text = mime->text().toUtf8();
        // Prose alone is not worth the attempt.
        if (!text.contains('{')) {
            return std::nullopt;
        }
    }
    if (text.isEmpty() || text.size() > LargestDrag) {
        return std::nullopt;
    }
    Result<TimelineFragment> fragment = parseFragment(text);
    if (!fragment || fragment->isEmpty()) {
        return std::nullopt;
    }
    return std::move(*fragment);
}

} // namespace

std::unique_ptr<QMimeData> TimelineView::dragData(const Rows &rows) const
{
    auto mime = std::make_unique<QMimeData>();
    const QByteArray text = toJson(fragmentOf(m_document->timeline(), rows));
    mime->setData(QLatin1String(FragmentMimeType), text);
    mime->setText(QString::fromUtf8(text));
    return mime;
}

void TimelineView::dragOut(const Rows &rows, int grabbed, const QPoint &pressed)
{
    m_draggedOut = {rows, grabbed, pressed};
    auto *drag = new QDrag(this);
    drag->setMimeData(dragData(rows).release());
    const QFontMetricsF metrics(font());
    const QString text = rows.size() == 1 ? m_scene.blocks[size_t(grabbed)].title
                                          : tr("%1 incidents").arg(rows.size());
    const QString label = metrics.elidedText(text, Qt::ElideRight, scaled(metrics, 200));
    const QSize size(int(metrics.horizontalAdvance(label)) + scaledInt(metrics, 20),
                     int(metrics.height()) + scaledInt(metrics, 8));
    QPixmap picture(size * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(m_painter.theme().base);
    QPainter painter(&picture);
    painter.setFont(font());
    painter.setPen(m_painter.theme().snap);
    painter.drawRect(QRect({0, 0}, size - QSize(1, 1)));
    painter.setPen(m_painter.theme().text);
    painter.drawText(QRect({0, 0}, size), Qt::AlignCenter, label);
    painter.end();
    drag->setPixmap(picture);
    drag->setHotSpot({-scaledInt(metrics, 12), 0});

    // The tool that asks for this is gone when a button's release never comes.
    const QPointer<TimelineView> alive(this);
    QMetaObject::invokeMethod(
        this,
        [alive, drag] {
            if (!alive) {
                return;
            }
            alive->m_tool.reset();
            // Released in the meantime, nothing would ever end it.
            if (!(QApplication::mouseButtons() & Qt::LeftButton)) {
                drag->deleteLater();
                alive->m_draggedOut.rows.clear();
                return;
            }
            drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::CopyAction);
            if (alive) {
                alive->m_draggedOut.rows.clear();
            }
        },
        Qt::QueuedConnection);
}

void TimelineView::dragEnterEvent(QDragEnterEvent *event)
{
    event->ignore(); // and the window gets it: files, and what nobody knows
    m_visitor.reset();
    m_dropRemarks.clear();
    const QMimeData *mime = event->mimeData();
    if (!m_document || !m_scenarios || mime->hasUrls()) {
        return;
    }
    if (event->source() == this && !m_draggedOut.rows.empty()) {
        m_visitor = std::make_unique<TimelineDrag>(*this, m_draggedOut.rows, m_draggedOut.grabbed,
                                                   m_draggedOut.pressed);
    } else if (const auto fragment = draggedFragment(mime)) {
        m_visitor = std::make_unique<TimelineDrag>(*this, *fragment);
        m_dropRemarks = fragment->remarks;
    } else {
        return;
    }
    m_visitor->setCarried();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
    m_visitor->moveTo(m_lastPoint, m_lastModifiers);
    showDrag(&m_visitor->picture(), m_visitor->hint());
}

void TimelineView::dragMoveEvent(QDragMoveEvent *event)
{
    if (!m_visitor) {
        event->ignore();
        return;
    }
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
    m_visitor->moveTo(m_lastPoint, m_lastModifiers,
                      !m_visitor->isForeign() && m_lastModifiers & Qt::ControlModifier);
    showDrag(&m_visitor->picture(), m_visitor->hint());
    scrollAtEdges(m_lastPoint);
    event->setDropAction(m_visitor->isForeign() || m_lastModifiers & Qt::ControlModifier
                             ? Qt::CopyAction
                             : Qt::MoveAction);
    event->setAccepted(!m_visitor->isRefused());
}

void TimelineView::dragLeaveEvent(QDragLeaveEvent *event)
{
    Q_UNUSED(event)
    m_edgeTimer.stop();
    if (!m_visitor) {
        return;
    }
    m_visitor.reset();
    showDrag(nullptr, {});
}

void TimelineView::dropEvent(QDropEvent *event)
{
    m_edgeTimer.stop();
    if (!m_visitor) {
        event->ignore();
        return;
    }
    const std::unique_ptr<TimelineDrag> visitor = std::move(m_visitor);
    visitor->moveTo(event->position().toPoint(), event->modifiers(),
                    !visitor->isForeign() && event->modifiers() & Qt::ControlModifier);
    const QString hintText = visitor->isRefused() ? visitor->hint() : QString();
    showDrag(nullptr, hintText);
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(!visitor->isRefused());
    finishDrop(*visitor);
    if (event->isAccepted() && !m_dropRemarks.isEmpty()) {
        Q_EMIT repaired(m_dropRemarks);
    }
}
