// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineguest.h"

#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelinecontroller.h"
#include "ui/timeline/timelinedrag.h"

#include <QApplication>
#include <QDrag>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QPointer>
#include <QWidget>
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

TimelineDrag::Originals originalsFor(const TimelineDrag &drag, Qt::KeyboardModifiers modifiers)
{
    return !drag.isForeign() && modifiers & Qt::ControlModifier ? TimelineDrag::Originals::Stay
                                                                : TimelineDrag::Originals::Move;
}

} // namespace

TimelineGuest::TimelineGuest(TimelineController &controller)
    : m_controller(controller)
{
    controller.canvas().pane().installEventFilter(this);
    connect(&controller, &TimelineController::draggedOut, this, &TimelineGuest::dragOut);
    connect(&controller.scroll(), &TimelineScroll::scrolledAtEdge, this, [this] {
        if (m_visitor) {
            m_visitor->moveTo(m_lastPoint, m_lastModifiers);
            m_controller.showDrag(&m_visitor->picture(), m_visitor->hint());
        }
    });
}

TimelineGuest::~TimelineGuest() = default;

bool TimelineGuest::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
        enter(static_cast<QDragEnterEvent *>(event));
        return true;
    case QEvent::DragMove:
        move(static_cast<QDragMoveEvent *>(event));
        return true;
    case QEvent::DragLeave:
        leave();
        return true;
    case QEvent::Drop:
        drop(static_cast<QDropEvent *>(event));
        return true;
    default:
        return QObject::eventFilter(watched, event);
    }
}

void TimelineGuest::giveUp()
{
    if (m_visitor) {
        m_visitor.reset();
        m_controller.scroll().stopAtEdges();
        m_controller.showDrag(nullptr, {});
    }
}

std::unique_ptr<QMimeData> TimelineGuest::dragData(const Rows &rows) const
{
    auto mime = std::make_unique<QMimeData>();
    const QByteArray text = toJson(fragmentOf(m_controller.document()->timeline(), rows));
    mime->setData(QLatin1String(FragmentMimeType), text);
    mime->setText(QString::fromUtf8(text));
    return mime;
}

void TimelineGuest::dragOut(const Rows &rows, int grabbed, const QPoint &pressed)
{
    m_draggedOut = {rows, grabbed, pressed};
    auto *drag = new QDrag(m_controller.canvas().pane().parentWidget());
    drag->setMimeData(dragData(rows).release());
    const QFontMetricsF metrics(m_controller.canvas().pane().font());
    const QString text = rows.size() == 1 ? m_controller.scene().blocks[size_t(grabbed)].title
                                          : tr("%1 incidents").arg(rows.size());
    const QString label = metrics.elidedText(text, Qt::ElideRight, scaled(metrics, 200));
    const QSize size(int(metrics.horizontalAdvance(label)) + scaledInt(metrics, 20),
                     int(metrics.height()) + scaledInt(metrics, 8));
    QPixmap picture(size * m_controller.canvas().pane().devicePixelRatioF());
    picture.setDevicePixelRatio(m_controller.canvas().pane().devicePixelRatioF());
    picture.fill(m_controller.canvas().theme().base);
    QPainter painter(&picture);
    painter.setFont(m_controller.canvas().pane().font());
    painter.setPen(m_controller.canvas().theme().snap);
    painter.drawRect(QRect({0, 0}, size - QSize(1, 1)));
    painter.setPen(m_controller.canvas().theme().text);
    painter.drawText(QRect({0, 0}, size), Qt::AlignCenter, label);
    painter.end();
    drag->setPixmap(picture);
    drag->setHotSpot({-scaledInt(metrics, 12), 0});

    // The tool that asks for this is gone when a button's release never comes.
    const QPointer<TimelineGuest> alive(this);
    QMetaObject::invokeMethod(
        this,
        [alive, drag] {
            if (!alive) {
                return;
            }
            Q_EMIT alive->takenOver();
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

void TimelineGuest::enter(QDragEnterEvent *event)
{
    event->ignore(); // and the window gets it: files, and what nobody knows
    m_visitor.reset();
    m_remarks.clear();
    const QMimeData *mime = event->mimeData();
    if (!m_controller.document() || !m_controller.scenarios() || mime->hasUrls()) {
        return;
    }
    if (event->source() == m_controller.canvas().pane().parentWidget() &&
        !m_draggedOut.rows.empty()) {
        m_visitor = std::make_unique<TimelineDrag>(m_controller, m_draggedOut.rows,
                                                   m_draggedOut.grabbed, m_draggedOut.pressed);
    } else if (const auto fragment = draggedFragment(mime)) {
        m_visitor = std::make_unique<TimelineDrag>(m_controller, *fragment);
        m_remarks = fragment->remarks;
    } else {
        return;
    }
    m_visitor->setCarried();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
    m_visitor->moveTo(m_lastPoint, m_lastModifiers);
    m_controller.showDrag(&m_visitor->picture(), m_visitor->hint());
}

void TimelineGuest::move(QDragMoveEvent *event)
{
    if (!m_visitor) {
        event->ignore();
        return;
    }
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
    moveVisitor();
    m_controller.scroll().scrollAtEdges(m_lastPoint);
    event->setDropAction(m_visitor->isForeign() || m_lastModifiers & Qt::ControlModifier
                             ? Qt::CopyAction
                             : Qt::MoveAction);
    event->setAccepted(!m_visitor->isRefused());
}

void TimelineGuest::moveVisitor()
{
    m_visitor->moveTo(m_lastPoint, m_lastModifiers, originalsFor(*m_visitor, m_lastModifiers));
    m_controller.showDrag(&m_visitor->picture(), m_visitor->hint());
}

void TimelineGuest::leave()
{
    m_controller.scroll().stopAtEdges();
    giveUp();
}

void TimelineGuest::drop(QDropEvent *event)
{
    m_controller.scroll().stopAtEdges();
    if (!m_visitor) {
        event->ignore();
        return;
    }
    const std::unique_ptr<TimelineDrag> visitor = std::move(m_visitor);
    visitor->moveTo(event->position().toPoint(), event->modifiers(),
                    originalsFor(*visitor, event->modifiers()));
    const QString hintText = visitor->isRefused() ? visitor->hint() : QString();
    m_controller.showDrag(nullptr, hintText);
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(!visitor->isRefused());
    visitor->drop(m_controller);
    if (event->isAccepted() && !m_remarks.isEmpty()) {
        Q_EMIT repaired(m_remarks);
    }
}
