// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/windowsettings.h"

#include "app/settings/datapaths.h"

QSettings windowSettings()
{
    return QSettings(DataPaths::config() + u"/window.ini", QSettings::IniFormat);
}

QSettings keySettings()
{
    return QSettings(DataPaths::config() + u"/keys.ini", QSettings::IniFormat);
}
