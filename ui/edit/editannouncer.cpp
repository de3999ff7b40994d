// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editannouncer.h"

#include "app/base/timetext.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelineview.h"
#include "ui/voice/announcer.h"

#include <QAccessible>
#include <QItemSelectionModel>
#include <QStringList>
#include <utility>

EditAnnouncer::EditAnnouncer(TimelineDocument &document, TimelineView &view)
    : QObject(&view)
    , m_document(document)
    , m_view(view)
{
    connect(&document, &TimelineDocument::opened, this, &EditAnnouncer::remember);
    // Queued: by then the views have taken the change, and the stack knows where it stands.
    connect(&document, &TimelineDocument::changed, this, [this] {
        if (!QAccessible::isActive() || std::exchange(m_isChanged, true)) {
            return;
        }
        QMetaObject::invokeMethod(this, &EditAnnouncer::sayEdit, Qt::QueuedConnection);
    });
    connect(view.selection().model(), &QItemSelectionModel::currentChanged, this, [this] {
        if (!m_isChanged && QAccessible::isActive()) {
            remember();
        }
    });
    connect(&view, &TimelineView::inserted, this, [this] { m_isInsertion = m_isChanged; });
    remember();
}

EditAnnouncer::Facts EditAnnouncer::current() const
{
    const int row = m_view.selection().current();
    const TimelineScene &scene = m_view.scene();
    if (row < 0 || row >= int(scene.blocks.size())) {
        return {};
    }
    const SceneBlock &block = scene.blocks[size_t(row)];
    return {m_view.selection().incidentId(row), block, scene.lanes[size_t(block.lane)].service};
}

void EditAnnouncer::remember()
{
    const QUndoStack *stack = m_document.undoStack();
    m_before = current();
    m_index = stack->index();
    m_undone = m_index < stack->count() ? stack->command(m_index) : nullptr;
}

QString EditAnnouncer::differences(const Facts &before, const Facts &after)
{
    if (before.id.isEmpty() || before.id != after.id) {
        return {};
    }
    QStringList facts;
    const SceneBlock &was = before.block;
    const SceneBlock &is = after.block;
    if (was.title != is.title) {
        facts << is.title;
    }
    if (was.start != is.start) {
        facts << clockText(is.start);
    }
    if (before.service != after.service) {
        facts << tr("on %1").arg(after.service);
    }
    if (was.severity != is.severity) {
        facts << tr("severity %1").arg(severityName(is.severity).toLower());
    }
    if (was.duration != is.duration) {
        facts << tr("lasts %1").arg(timeText(is.duration));
    }
    if (was.hold != is.hold) {
        facts << (is.hold ? tr("hold on") : tr("hold off"));
    }
    if (was.sends != is.sends) {
        facts << (is.sends ? tr("sent") : tr("not sent"));
    }
    return facts.join(QStringLiteral(", "));
}

void EditAnnouncer::sayEdit()
{
    m_isChanged = false;
    const QUndoStack *stack = m_document.undoStack();
    const int index = stack->index();
    const bool isInsertion = std::exchange(m_isInsertion, false);
    const Facts now = current();
    const QString facts = isInsertion && !now.id.isEmpty()
                              ? tr("%1 on %2").arg(clockText(now.block.start), now.service)
                              : differences(m_before, now);
    const bool isUndone = index < m_index;
    const bool isRedone = index > m_index && m_undone && stack->command(m_index) == m_undone;
    const QUndoCommand *step = isUndone    ? stack->command(index)
                               : index > 0 ? stack->command(index - 1)
                                           : nullptr;
    const QString name = step ? step->text() : QString();
    remember();
    const auto with = [&facts](const QString &words) {
        return facts.isEmpty() ? words : QString(words + QStringLiteral(": ") + facts);
    };
    if (isUndone) {
        Announcer::say(&m_view, with(tr("Undone: %1").arg(name)));
    } else if (isRedone) {
        Announcer::say(&m_view, with(tr("Redone: %1").arg(name)));
    } else if (isInsertion) { // whose keys were in the library
        Announcer::say(&m_view, with(name));
    } else if (m_view.hasFocus()) {
        Announcer::say(&m_view, m_view.selection().rows().size() == 1 && !facts.isEmpty()
                                    ? facts
                                    : with(name));
    }
}
