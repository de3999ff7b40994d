// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/settingsfile.h"

#include "app/base/privatefiles.h"
#include "app/settings/datapaths.h"

#include <QFileInfo>

QSettings SettingsFile::open(const QString &name)
{
    const QString path = DataPaths::config() + u'/' + name;
    // One that QSettings makes could be read by all; one that is there keeps its mode.
    PrivateFiles::makeFile(path);
    return QSettings(path, QSettings::IniFormat);
}

void SettingsFile::protectOwnFolders()
{
    PrivateFiles::withdrawRights(DataPaths::config());
    PrivateFiles::withdrawRights(QFileInfo(DataPaths::runs()).path());
}
