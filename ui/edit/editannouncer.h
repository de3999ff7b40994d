// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinescene.h"

#include <QObject>

class QUndoCommand;
class TimelineDocument;
class TimelineView;

/**
 * Says to a screen reader what an edit on the timeline came to ("4:30, hold on"), and what was
 * undone or done again. What is typed into fields is heard there.
 */
class EditAnnouncer : public QObject
{
    Q_OBJECT

public:
    /** Both outlive this. */
    EditAnnouncer(TimelineDocument &document, TimelineView &view);

private:
    struct Facts
    {
        QString id; ///< empty for none
        SceneBlock block;
        QString service;
    };
    Facts current() const;
    void remember();
    void sayEdit();
    static QString differences(const Facts &before, const Facts &after);

    TimelineDocument &m_document;
    TimelineView &m_view;
    Facts m_before;
    int m_index = 0;                        ///< of the undo stack
    const QUndoCommand *m_undone = nullptr; ///< what would be done again; not to be followed
    bool m_isChanged = false;
    bool m_isInsertion = false; ///< of what is current now
};
