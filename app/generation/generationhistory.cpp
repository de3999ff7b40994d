// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/generationhistory.h"

#include "app/base/privatefiles.h"
#include "app/base/regularfile.h"
#include "app/generation/generators.h"
#include "app/generation/pinning.h"
#include "app/settings/datapaths.h"
#include "app/timeline/promptfilling.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <fcntl.h>

namespace {

/** The context of this file's words for translators. */
struct HistoryWords
{
    Q_DECLARE_TR_FUNCTIONS(GenerationHistory)
};

/** Some 50,000 scenarios. */
constexpr qint64 MaximumHistoryBytes = 256LL * 1024 * 1024;

/** A name that no other unsaved timeline has had. */
QString unsavedName()
{
    static const QString name =
        QStringLiteral("unsaved-%1-%2")
            .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmss")))
            .arg(QCoreApplication::applicationPid());
    return name;
}

QJsonObject entryJson(const GenerationHistory::Entry &entry, double cost)
{
    QJsonObject object{
        {QStringLiteral("incident"), entry.incidentId},
        {QStringLiteral("prompt"), entry.request.prompt},
        {QStringLiteral("service"), entry.request.service},
        {QStringLiteral("severity"), toString(entry.request.severity)},
        {QStringLiteral("attempts"), entry.generation.attempts},
        {QStringLiteral("cost"), cost},
    };
    if (entry.failure.isEmpty()) {
        object.insert(QStringLiteral("pinned"),
                      toJson(pinnedFrom(entry.generation, entry.request)));
    } else {
        object.insert(QStringLiteral("failure"), entry.failure);
        object.insert(QStringLiteral("prompt_tokens"), entry.generation.tokens.prompt);
        object.insert(QStringLiteral("completion_tokens"), entry.generation.tokens.completion);
    }
    return object;
}

std::optional<GenerationHistory::Entry> entryFrom(const QJsonObject &object)
{
    GenerationHistory::Entry entry;
    entry.incidentId = object.value(QStringLiteral("incident")).toString();
    entry.failure = object.value(QStringLiteral("failure")).toString();
    entry.request.prompt = object.value(QStringLiteral("prompt")).toString();
    entry.request.service = object.value(QStringLiteral("service")).toString();
    entry.request.severity = severityFromString(object.value(QStringLiteral("severity")).toString())
                                 .value_or(Severity::Medium);
    Generation &generation = entry.generation;
    generation.attempts = object.value(QStringLiteral("attempts")).toInt(1);
    entry.cost = object.value(QStringLiteral("cost")).toDouble();
    if (!entry.failure.isEmpty()) {
        generation.tokens = {object.value(QStringLiteral("prompt_tokens")).toInteger(),
                             object.value(QStringLiteral("completion_tokens")).toInteger()};
        return entry;
    }
    const Result<PinnedScenario> pinned =
        pinnedFromJson(object.value(QStringLiteral("pinned")).toObject());
    if (!pinned) {
        return std::nullopt;
    }
    const int attempts = generation.attempts;
    generation = generationOf(*pinned);
    generation.attempts = attempts;
    entry.request.seed = generation.seed;
    return entry;
}

QList<GenerationHistory::Entry> entriesIn(const QString &path)
{
    QList<GenerationHistory::Entry> entries;
    const QByteArray text = readRegularFile(path, MaximumHistoryBytes).value_or(QByteArray());
    for (const QByteArray &line : text.split('\n')) {
        // A line that a crash cut off is passed over; those around it count.
        if (const auto entry = entryFrom(QJsonDocument::fromJson(line).object())) {
            entries.append(*entry);
        }
    }
    return entries;
}

} // namespace

GenerationHistory::GenerationHistory(const QString &timelinePath)
{
    const QString name =
        timelinePath.isEmpty()
            ? unsavedName()
            : QFileInfo(timelinePath).completeBaseName() + u'-' +
                  QString::fromLatin1(
                      QCryptographicHash::hash(QFileInfo(timelinePath).absoluteFilePath().toUtf8(),
                                               QCryptographicHash::Sha256)
                          .toHex()
                          .left(12));
    m_path = QFileInfo(DataPaths::runs()).path() + QStringLiteral("/generations/") + name +
             QStringLiteral(".jsonl");
}

Result<void> GenerationHistory::append(const Entry &entry)
{
    PrivateFiles::makeFile(m_path);
    QFile file;
    const Result<int> opened = openRegularFile(m_path, O_WRONLY | O_APPEND);
    if (!opened || !file.open(*opened, QIODevice::WriteOnly | QIODevice::Append,
                              QFileDevice::AutoCloseHandle)) {
        return fail(HistoryWords::tr("What was generated could not be kept: %1")
                        .arg(opened ? file.errorString() : opened.error().message));
    }
    const QByteArray line =
        QJsonDocument(entryJson(entry, entry.cost)).toJson(QJsonDocument::Compact) + '\n';
    if (file.write(line) != line.size() || !file.flush()) {
        return fail(HistoryWords::tr("What was generated could not be kept in \"%1\": %2.")
                        .arg(m_path, file.errorString()));
    }
    return {};
}

QList<GenerationHistory::Entry> GenerationHistory::entriesFor(const QString &incidentId,
                                                              const QString &promptHash) const
{
    QList<Entry> found;
    const QList<Entry> entries = entriesIn(m_path);
    for (const Entry &entry : entries) {
        if (entry.failure.isEmpty() && ((!incidentId.isEmpty() && entry.incidentId == incidentId) ||
                                        promptSha256(entry.request.prompt) == promptHash)) {
            found.prepend(entry);
        }
    }
    return found;
}

TokenCount GenerationHistory::tokens() const
{
    TokenCount sum;
    const QList<Entry> entries = entriesIn(m_path);
    for (const Entry &entry : entries) {
        sum += entry.generation.tokens;
    }
    return sum;
}

double GenerationHistory::cost() const
{
    double sum = 0;
    const QList<Entry> entries = entriesIn(m_path);
    for (const Entry &entry : entries) {
        sum += entry.cost;
    }
    return sum;
}

GenerationBudget timelineBudget(const QString &timelinePath)
{
    const GenerationHistory history(timelinePath);
    GenerationBudget budget = Generators::budget();
    budget.spent = history.tokens();
    budget.spentCost = history.cost();
    return budget;
}
