// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/wholefile.h"
#include "app/journal/runjournal.h"
#include "app/report/reportwriters.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace {

struct ReportFileWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportFile)
};

} // namespace

Result<void> writeReportFile(const QByteArray &bytes, const QString &path)
{
    const QFileInfo there(path);
    if (there.isDir()) {
        return fail(ReportFileWords::tr("\"%1\" is a folder; name a file in it.").arg(path));
    }
    if (there.exists() && RunJournal::read(path)) {
        return fail(
            ReportFileWords::tr("\"%1\" is the journal of a run, which the report would replace; "
                                "choose another name.")
                .arg(path));
    }
    return writeWholeFile(path, bytes);
}
