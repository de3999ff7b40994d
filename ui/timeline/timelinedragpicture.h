// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinescene.h"
#include "ui/timeline/timelinesnap.h"

#include <QPointF>
#include <vector>

/** What is painted over the timeline while incidents or markers are dragged. */
struct DragPicture
{
    struct Ghost
    {
        const SceneBlock *block = nullptr;
        qint64 start = 0;
        int lane = 0; ///< behind the last one: a lane that is not there yet
        int row = 0;
        int leaves = -1; ///< the incident that will no longer be where it is
    };
    struct Run
    {
        QString text;
        bool bold = false;
    };
    using Line = std::vector<Run>;

    std::vector<Ghost> ghosts;
    /** Where the one under the pointer would start. */
    qint64 at = 0;
    bool isSnapped = false;
    /** From where the difference is measured; of kind None if there is nothing. */
    SnapTarget neighbour;
    std::vector<Line> tip;
    QPointF pointer; ///< in the viewport
    bool isRefused = false;
    /** Dropped now, it would get a lane of its own. */
    bool addsLane = false;
    /** The system drags it, with a picture of its own at the pointer. */
    bool isCarried = false;
    /** In the strip of the markers, without blocks. */
    bool isMarker = false;
};
