// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/replyparser.h"

#include "app/base/lenientjson.h"
#include "app/generation/replyscenario.h"

#include <QCoreApplication>

namespace {

/** How many braces that begin nothing are looked behind; beyond, what was read is passed over. */
constexpr int SecondLooks = 8;
constexpr int WrapperDepth = 4;

/** The context of this file's words for translators. */
struct ReplyWords
{
    Q_DECLARE_TR_FUNCTIONS(ReplyParser)
};

/** The scenario's object in a text, and what stood around it. */
struct FoundObject
{
    LenientValue object;
    LenientTrouble trouble;
    int fields = 0;
    bool isWrapped = false;
    bool hasTextAround = false;
};

/** Looks for a scenario inside of what was read: {"scenario": {…}}, {"result": [{…}]}. */
const LenientValue *likeliest(const LenientValue &value, int depth, int &fields)
{
    const LenientValue *best = nullptr;
    if (value.isObject()) {
        const int here = ReplyScenario::knownFields(value);
        if (here > fields) {
            fields = here;
            best = &value;
        }
    }
    constexpr size_t MostLookedAt = 32;
    for (size_t i = 0; depth > 0 && i < std::min(value.items.size(), MostLookedAt); ++i) {
        if (const LenientValue *inner = likeliest(value.items[i], depth - 1, fields)) {
            best = inner;
        }
    }
    return best;
}

FoundObject findObject(QStringView text, LenientJson::Halves halves)
{
    FoundObject found;
    int looks = 0;
    for (qsizetype at = text.indexOf(u'{'); at >= 0;) {
        LenientJson reader(text, halves);
        LenientValue value;
        qsizetype next = at + 1;
        if (reader.read(at, value)) {
            next = reader.end();
            int fields = found.fields;
            if (const LenientValue *best = likeliest(value, WrapperDepth, fields)) {
                found.isWrapped = best != &value;
                found.hasTextAround = !text.left(at).trimmed().isEmpty() ||
                                      !text.mid(reader.end()).trimmed().isEmpty();
                found.fields = fields;
                found.trouble = reader.trouble();
                // By a copy of its own, since it may be a part of what it replaces.
                LenientValue chosen = *best;
                found.object = std::move(chosen);
            }
        } else if (++looks > SecondLooks) {
            next = reader.end();
        }
        at = next < text.size() ? text.indexOf(u'{', next) : -1;
    }
    return found;
}

/** Models that think aloud may write drafts; what counts comes after. */
QStringView afterThinking(QStringView text)
{
    const auto closing = QStringView(u"</think>");
    const qsizetype end = text.lastIndexOf(closing);
    return end < 0 ? text : text.mid(end + closing.size());
}

QStringList repairsOf(const FoundObject &found)
{
    QStringList repairs;
    if (found.hasTextAround) {
        repairs.append(ReplyWords::tr("Text around the JSON was left out."));
    }
    if (found.isWrapped) {
        repairs.append(ReplyWords::tr("The scenario was taken out of an object around it."));
    }
    repairs += found.trouble.repairs();
    if (found.trouble.cutOff) {
        repairs.append(ReplyWords::tr("The answer breaks off; what was open was closed."));
    }
    return repairs;
}

} // namespace

ParsedReply parseReply(const QString &text, const GenerationRequest &request)
{
    ParsedReply reply;
    const FoundObject found = findObject(afterThinking(text), LenientJson::Halves::Dropped);
    const bool isWhole = request.part == GenerationRequest::Part::All;
    if (found.fields < (isWhole ? 2 : 1)) {
        reply.faults.append(
            text.trimmed().isEmpty()
                ? ReplyWords::tr("The answer is empty.")
                : ReplyWords::tr("The answer holds no JSON object with the fields of a scenario."));
        return reply;
    }
    ReplyScenario reader(request);
    const Scenario made = reader.read(found.object);
    reply.repairs = repairsOf(found) + reader.repairs();
    reply.faults = reader.faults();
    if (found.trouble.cutOff && !reply.faults.isEmpty()) {
        reply.faults.prepend(ReplyWords::tr("The answer breaks off before its end."));
    }
    reply.scenario = withOnlyPart(made, request);
    return reply;
}

Scenario partialScenario(const QString &text, const GenerationRequest &request)
{
    const FoundObject found = findObject(afterThinking(text), LenientJson::Halves::Kept);
    ReplyScenario reader(request, ReplyScenario::Purpose::Preview);
    return withOnlyPart(reader.read(found.object), request);
}
