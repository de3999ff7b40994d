// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/opening.h"

#include "app/base/weburl.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QTextBrowser>

bool Opening::openWebPage(const QUrl &url)
{
    const QUrl page = webUrl(url);
    return !page.isEmpty() && QDesktopServices::openUrl(page);
}

bool Opening::openOwnPage(const QString &path)
{
    return QFileInfo(path).isFile() && QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

bool Opening::openFolder(const QString &path)
{
    return QFileInfo(path).isDir() && QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

void Opening::openLinksOf(QTextBrowser *text)
{
    text->setOpenLinks(false); // it would load them itself
    QObject::connect(text, &QTextBrowser::anchorClicked, text,
                     [](const QUrl &link) { openWebPage(link); });
}
