// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/windowsettings.h"

#include "app/settings/settingsfile.h"

QSettings windowSettings()
{
    return SettingsFile::open(QStringLiteral("window.ini"));
}

QSettings keySettings()
{
    return SettingsFile::open(QStringLiteral("keys.ini"));
}
