// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/incidentaddress.h"

#include "app/base/visibletext.h"
#include "app/base/weburl.h"
#include "app/settings/settingsfile.h"

#include <QSettings>

namespace {

const auto Placeholder = QStringLiteral("{id}");

QSettings settings()
{
    return SettingsFile::open(QStringLiteral("window.ini"));
}

QString settingsKey(const QString &target)
{
    return QStringLiteral("incidentPages/") + QString::fromLatin1(QUrl::toPercentEncoding(target));
}

QUrl pageWith(QString address, const QString &encodedId)
{
    return webUrl(address.replace(Placeholder, encodedId));
}

} // namespace

QString IncidentAddress::address(const QString &target)
{
    return settings().value(settingsKey(target)).toString();
}

void IncidentAddress::setAddress(const QString &target, const QString &address)
{
    if (address.isEmpty()) {
        settings().remove(settingsKey(target));
    } else {
        settings().setValue(settingsKey(target), address);
    }
}

bool IncidentAddress::isAddress(const QString &address)
{
    const QUrl one = pageWith(address, QStringLiteral("1"));
    const QUrl other = pageWith(address, QStringLiteral("2"));
    return !one.isEmpty() && one != other && one.authority() == other.authority();
}

QUrl IncidentAddress::page(const QString &address, const QString &incidentId)
{
    const bool wasCut = incidentId.size() == LongestId && incidentId.endsWith(QChar(0x2026));
    const bool leadsElsewhere =
        incidentId.isEmpty() || incidentId == u"." || incidentId == u".." || wasCut;
    if (leadsElsewhere || !isAddress(address)) {
        return {};
    }
    return pageWith(address, QString::fromLatin1(QUrl::toPercentEncoding(incidentId)));
}

QUrl IncidentAddress::searchPage(const QString &address, const QString &text)
{
    const QString end = u'/' + Placeholder;
    if (text.isEmpty() || !isAddress(address) || !address.endsWith(end)) {
        return {};
    }
    return webUrl(address.chopped(end.size()) + QStringLiteral("?search=") +
                  QString::fromLatin1(QUrl::toPercentEncoding(text)));
}
