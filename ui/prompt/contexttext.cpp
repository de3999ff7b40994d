// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/contexttext.h"

#include "app/base/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace {

struct ContextWords
{
    Q_DECLARE_TR_FUNCTIONS(ContextWords)
};

/** What the value spells as JSON; nothing where it is no JSON. */
std::optional<QJsonValue> jsonValue(const QString &text)
{
    // A value alone is no document in Qt's eyes, so it is put into one.
    QJsonParseError error;
    const QJsonDocument document =
        QJsonDocument::fromJson(QString(u'[' + text + u']').toUtf8(), &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1) {
        return {};
    }
    return document.array().first();
}

QString compact(const QJsonValue &value)
{
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.mid(1, text.size() - 2));
}

} // namespace

QString contextText(const QJsonObject &context)
{
    QStringList lines;
    for (auto it = context.begin(); it != context.end(); ++it) {
        const QString plain = it->toString();
        // A text that would be read as something else, or as several lines, keeps its quotes.
        const bool isPlain = it->isString() && !plain.contains(u'\n') && plain == plain.trimmed() &&
                             !plain.isEmpty() && !jsonValue(plain);
        lines.append(it.key() + QLatin1String(": ") + (isPlain ? plain : compact(*it)));
    }
    return lines.join(u'\n');
}

Result<QJsonObject> contextFromText(const QString &text)
{
    QJsonObject context;
    if (text.trimmed().startsWith(u'{')) {
        const Result<JsonText> json = JsonText::parse(text.toUtf8());
        if (!json) {
            return tl::make_unexpected(json.error());
        }
        return json->toQt(json->root()).toObject();
    }
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty()) {
            continue;
        }
        const qsizetype colon = line.indexOf(u':');
        const QString key = line.left(colon).trimmed();
        if (colon <= 0 || key.isEmpty()) {
            return fail(ContextWords::tr("Line %1 is not “key: value”.").arg(i + 1));
        }
        if (context.contains(key)) {
            return fail(
                ContextWords::tr("Line %1 has the key “%2” once more.").arg(i + 1).arg(key));
        }
        const QString value = line.mid(colon + 1).trimmed();
        context.insert(key, jsonValue(value).value_or(QJsonValue(value)));
    }
    return context;
}
