// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/incidentaddress.h"

#include "app/settings/settingsfile.h"

#include <QUrl>

namespace {

const auto Key = QStringLiteral("incidentPage");

QSettings settings()
{
    return SettingsFile::open(QStringLiteral("window.ini"));
}

} // namespace

QString IncidentAddress::address()
{
    return settings().value(Key, QLatin1String(Default)).toString();
}

void IncidentAddress::setAddress(const QString &address)
{
    settings().setValue(Key, address);
}

QString IncidentAddress::of(const QString &incidentId)
{
    return address().replace(QStringLiteral("{id}"),
                             QString::fromLatin1(QUrl::toPercentEncoding(incidentId)));
}
