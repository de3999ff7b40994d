// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/journal/journaltext.h"

#include "app/base/crc32c.h"
#include "app/run/runeventcodec.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace {

constexpr QByteArrayView SumKey(",\"crc\":\"");
constexpr qsizetype SumDigits = 8;
/** From the comma before its key to the end of the object. */
constexpr qsizetype SumSize = SumKey.size() + SumDigits + 2;

/** The context of this file's words for translators. */
struct JournalWords
{
    Q_DECLARE_TR_FUNCTIONS(RunJournal)
};

std::optional<quint32> sumIn(QByteArrayView line)
{
    const QByteArrayView end = line.last(std::min(SumSize, line.size()));
    if (end.size() < SumSize || !end.startsWith(SumKey) || !end.endsWith("\"}")) {
        return std::nullopt;
    }
    const QByteArrayView digits = end.sliced(SumKey.size(), SumDigits);
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    bool ok = false;
    const quint32 sum = digits.toByteArray().toUInt(&ok, 16);
    return isHex && ok ? std::optional<quint32>(sum) : std::nullopt;
}

/** Of a line without its line feed: the beginning of one, as a write that was cut off leaves it. */
bool isTorn(const QByteArray &line)
{
    // What a run writes has no control characters: in texts they are escaped.
    const bool hasControls = std::any_of(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
    QJsonParseError error;
    const bool isWhole = QJsonDocument::fromJson(line, &error).isObject();
    return line.startsWith('{') && !hasControls && error.error != QJsonParseError::GarbageAtEnd &&
           (!isWhole || line.endsWith('}'));
}

tl::unexpected<Error> refuseJournal(const QString &path, const QByteArray &text)
{
    if (!text.isEmpty() && !beginsAsRecord(text)) {
        return fail(JournalWords::tr("\"%1\" is no journal of a run.").arg(path));
    }
    return text.contains('\n')
               ? fail(JournalWords::tr("The first line of “%1”, which says what the run is, is "
                                       "damaged. Nothing was sent.")
                          .arg(path))
               : fail(JournalWords::tr("The journal \"%1\" ends before the run began, so nothing "
                                       "was sent. Start the run anew.")
                          .arg(path));
}

/** Reads the lines behind the first. */
class LineReader
{
public:
    LineReader(JournalContent &content, const QString &path)
        : m_content(content)
        , m_path(path)
    {}

    /** The run's own record; its line feed is there. */
    void begin(const QByteArray &line, const QJsonObject &run, const RunBegan &began)
    {
        // A version that was changed to an earlier one must not switch the sums off.
        m_isSealed = began.version >= 3 || JournalSums::isSealed(line);
        m_seq = run.value(u"seq").toInteger();
        m_content.records.append(run);
        m_count = began.incidents.size();
        m_isFirstRight = !m_isSealed || m_sums.isRight(line);
        if (!m_isFirstRight) {
            damage(JournalWords::tr("Line %1 of the journal “%2” does not match its checksum."));
        }
    }

    /** What the run is may be read although its sum is wrong, unless the rest contradicts it. */
    bool isRunWhole() const
    {
        return m_isFirstRight ||
               std::all_of(m_content.records.begin(), m_content.records.end(),
                           [this](const QJsonObject &record) { return indexIn(record) < m_count; });
    }

    void take(const QByteArray &line)
    {
        ++m_line;
        ++m_seq;
        const bool isRight = !m_isSealed || m_sums.isRight(line);
        const QJsonDocument document =
            line.contains('\0') ? QJsonDocument() : QJsonDocument::fromJson(line);
        if (!document.isObject()) {
            damage(JournalWords::tr("Line %1 of the journal “%2” cannot be read."));
            return;
        }
        if (!isRight) {
            damage(JournalWords::tr("Line %1 of the journal “%2” does not match its checksum."));
            return;
        }
        const QJsonObject record = document.object();
        if (m_isSealed && record.value(u"seq").toInteger(-1) != m_seq) {
            damage(JournalWords::tr("Before line %1 of the journal “%2”, lines are missing."));
            m_seq = record.value(u"seq").toInteger(m_seq);
        }
        if (beginsRun(record)) {
            damage(JournalWords::tr("In line %1 of the journal “%2”, a second run begins."));
            return;
        }
        m_content.records.append(record);
    }

    /** What stands behind the last line feed. */
    void end(const QByteArray &rest)
    {
        if (!rest.isEmpty() && !isTorn(rest)) {
            ++m_line;
            ++m_seq;
            m_sums.isRight(rest);
            m_content.size += rest.size();
            m_content.isOpenEnded = true;
            damage(JournalWords::tr("Line %1 of the journal “%2” cannot be read."));
        }
        if (m_isSealed) {
            m_content.seal = JournalSeal(m_seq + 1, m_sums.sumOfLast());
        }
    }

private:
    void damage(const QString &sentence)
    {
        if (m_content.damage.isEmpty()) {
            m_content.damage = sentence.arg(m_line).arg(m_path);
        }
    }

    JournalContent &m_content;
    const QString &m_path;
    JournalSums m_sums;
    qsizetype m_count = 0; // of the run's incidents
    bool m_isSealed = false;
    bool m_isFirstRight = false;
    int m_line = 1;
    qint64 m_seq = 0;
};

} // namespace

QByteArray JournalSeal::line(QJsonObject record)
{
    record.insert(QStringLiteral("seq"), m_nextSeq);
    QByteArray line = QJsonDocument(record).toJson(QJsonDocument::Compact);
    line.chop(1);
    std::array<char, SumDigits + 1> digits{};
    std::snprintf(digits.data(), digits.size(), "%08x", crc32c(line, m_sumOfLast));
    line.append(SumKey).append(digits.data()).append("\"}");
    m_sumOfLast = crc32c(line);
    ++m_nextSeq;
    line.append('\n');
    return line;
}

bool JournalSums::isSealed(QByteArrayView line)
{
    return sumIn(line).has_value();
}

bool JournalSums::isRight(QByteArrayView line)
{
    const quint32 before = std::exchange(m_sumOfLast, crc32c(line));
    const std::optional<quint32> sum = sumIn(line);
    return sum && *sum == crc32c(line.chopped(SumSize), before);
}

Result<JournalContent> readJournalText(const QByteArray &text, const QString &path)
{
    const qsizetype first = text.indexOf('\n');
    const QByteArray opening = text.left(std::max<qsizetype>(first, 0));
    const QJsonObject run =
        opening.contains('\0') ? QJsonObject() : QJsonDocument::fromJson(opening).object();
    if (run.isEmpty()) {
        return refuseJournal(path, text);
    }
    const RunEvent event = runEventFromJson(run);
    const RunBegan *began = event.as<RunBegan>();
    if (!began) {
        return fail(JournalWords::tr("\"%1\" is no journal of a run.").arg(path));
    }
    if (began->version > JournalVersion) {
        return fail(JournalWords::tr("The journal \"%1\" was written by a later version of this "
                                     "program. Open it with that one.")
                        .arg(path));
    }
    JournalContent content;
    LineReader reader(content, path);
    reader.begin(opening, run, *began);
    content.size = first + 1;
    for (qsizetype end = text.indexOf('\n', content.size); end >= 0;
         end = text.indexOf('\n', content.size)) {
        reader.take(QByteArray::fromRawData(text.constData() + content.size, end - content.size));
        content.size = end + 1;
    }
    reader.end(text.mid(content.size));
    if (!reader.isRunWhole()) {
        return refuseJournal(path, text);
    }
    return content;
}
