// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/webaddress.h"

#include <QByteArray>
#include <QHostAddress>
#include <QUrl>

QString webPlace(const QUrl &url)
{
    const QString host = url.host();
    const QString written = host.contains(QLatin1Char(':'))
                                ? QString(QLatin1Char('[') + host + QLatin1Char(']'))
                                : host;
    return url.port() < 0 ? written
                          : QString(written + QLatin1Char(':') + QString::number(url.port()));
}

bool isThisMachine(const QString &host)
{
    const QString name = host.endsWith(QLatin1Char('.')) ? host.chopped(1) : host;
    if (name.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0) {
        return true;
    }
    QHostAddress address;
    return address.setAddress(name) &&
           (address.isLoopback() || address == QHostAddress(QHostAddress::AnyIPv4) ||
            address == QHostAddress(QHostAddress::AnyIPv6));
}

void completeProxyVariables()
{
    for (const char *name :
         {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        const QByteArray value = qgetenv(name).trimmed();
        if (!value.isEmpty() && !value.contains("://")) {
            qputenv(name, QByteArray("http://" + value));
        }
    }
}
