// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/incident/incidentapi.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <utility>

namespace {

/** The backend keeps any text as the mode; "demo" is its own, which it then still begins with. */
constexpr auto StartMode = "demo ref:";

} // namespace

Result<QUrl> parseTargetUrl(const QString &text)
{
    const auto refuse = [&](const QString &why) { return fail(why.arg(text)); };
    QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != u"http" && url.scheme() != u"https")) {
        return refuse(QCoreApplication::translate(
            "Target",
            "\"%1\" is no address of an incident API; write it as http://localhost:8000/api/v1."));
    }
    if (!url.userInfo().isEmpty()) {
        return fail(QCoreApplication::translate("Target",
                                                "The target's address must hold no user or "
                                                "password; the key goes by TIMELINE_API_KEY."));
    }
    if (url.hasQuery() || url.hasFragment()) {
        return refuse(QCoreApplication::translate(
            "Target", "\"%1\" has a query or fragment; a base address has none."));
    }
    QString path = url.path();
    while (path.endsWith(u'/')) {
        path.chop(1);
    }
    url.setPath(path.isEmpty() ? QStringLiteral("/api/v1") : path);
    return url;
}

QString newIncidentToken()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    QString token;
    for (const quint32 word : words) {
        token += QStringLiteral("%1").arg(word, 8, 16, QLatin1Char('0'));
    }
    return token;
}

QString executionMode(const QString &token)
{
    return QLatin1String(StartMode) + token;
}

QString tokenIn(const QJsonObject &context)
{
    const QString token = context.value(QLatin1String("client_token")).toString();
    const QString mode = context.value(QLatin1String("execution_mode")).toString();
    if (token.isEmpty() && mode.startsWith(QLatin1String(StartMode))) {
        return mode.mid(qsizetype(qstrlen(StartMode)));
    }
    return token;
}

QString IncidentRequest::path() const
{
    return route == Route::SimulatorStart
               ? QStringLiteral("/simulator/scenarios/%1/start")
                     .arg(QString::fromLatin1(QUrl::toPercentEncoding(scenarioId)))
               : QStringLiteral("/quick-incident");
}

bool IncidentRequest::canBeStarted(const QString &scenarioId)
{
    constexpr qsizetype LongestScenarioId = 255;
    // Encoding does not help: what is on the way may decode it, and walk up the path.
    const bool isOnePart = std::none_of(scenarioId.begin(), scenarioId.end(), [](QChar c) {
        return c == u'/' || c == u'\\' || c.category() == QChar::Other_Control;
    });
    return isOnePart && !scenarioId.isEmpty() && scenarioId.size() <= LongestScenarioId &&
           scenarioId != u"." && scenarioId != u"..";
}

void IncidentRequest::renewToken()
{
    if (token.isEmpty()) {
        return;
    }
    const QString old = std::exchange(token, newIncidentToken());
    body.replace(old.toUtf8(), token.toUtf8());
}
