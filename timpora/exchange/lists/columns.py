"""Every column that an agency's list may hold for us, under the headings that offices give it.

A column's name is a field of registry/fields.py, or one of EXTRA, which serves to read the others. What
offices list and Timpora has no use for stands in NOT_KEPT, so that the page can say that it stays out.
"""

from __future__ import annotations

from timpora.sheets import Column

# Read for what it tells of other fields, or of the row; no statement of a person holds it.
EXTRA = (
    "birth_place", "village", "district", "rt_rw", "issued_on", "left_on", "nik_domicile", "itk_number",
    "itas_number", "itap_number", "epo_number", "citizenship", "life_status", "institution",
)  # fmt: skip


def _forms(text: str) -> tuple[str, ...]:
    """The headings in a text, between semicolons."""
    return tuple(" ".join(form.split()) for form in text.split(";"))


def _column(name: str, heading: str, width: int, forms: str) -> Column:
    return Column(name, heading, _forms(forms), width=width)


_PERSON = (
    _column("names", "Nama", 28, """
        nama lengkap; nama wna; nama tka; nama oa; nama orang asing; nama warga negara asing; nama
        tenaga kerja asing; nama pemohon; nama pemegang; nama penduduk; nama mahasiswa; nama mahasiswa
        asing; nama siswa; nama santri; nama lengkap wna; nama sesuai paspor; nama di paspor; nama pada
        paspor; nama lengkap sesuai paspor; name; full name; fullname; passport name; name as in
        passport; name of foreigner; student name; nm lengkap; nama asing
    """),
    _column("given", "Nama depan", 20, """
        given name; given names; given name s; first name; forename; nama kecil; nama pertama
    """),
    _column("family", "Nama keluarga", 20, """
        surname; family name; last name; nama belakang; marga; nama marga
    """),
    _column("sex", "Jenis kelamin", 8, """
        l p; p l; lk pr; l k p r; jk; j k; jenis kel; jns kelamin; jns kel; kelamin; gender; seks; m f;
        jenis kelamin l p; pria wanita
    """),
    _column("birth_date", "Tanggal lahir", 14, """
        tgl lahir; tgl lhr; tanggallahir; tanggal lahir wna; ttl; t t l; tempat tgl lahir; tempat
        tanggal lahir; tempat dan tanggal lahir; tempat dan tgl lahir; tmpt tgl lahir; tpt tgl lahir;
        tempat lahir tanggal lahir; tgl lahir tempat lahir; lahir; date of birth; dob; birth date;
        birthdate; place date of birth; place and date of birth; place of birth date of birth; tahun
        lahir
    """),
    _column("birth_place", "Tempat lahir", 20, """
        tempatlahir; tmpt lahir; tpt lahir; tmp lahir; kota lahir; place of birth; birth place
    """),
    _column("nationality", "Kewarganegaraan", 18, """
        kebangsaan; warga negara; warganegara; wn; kewarga negaraan; negara; asal negara; negara asal;
        negara_asal; kewarganegaraan asal; bangsa; citizenship country; country; country of origin;
        country of citizenship; kebangsaan negara
    """),
)  # fmt: skip
_PAPERS = (
    _column("document_number", "No. Paspor", 16, """
        no pasport; no passport; no passpor; nomor paspor; nomor pasport; nomor passport; nomer paspor;
        paspor; pasport; passport; passport no; passport number; no paspor passport no; nopaspor;
        passport no no paspor; nomor paspor kebangsaan; no paspor kebangsaan; dokumen_pasport; dokumen
        pasport; dokumen paspor; no dokumen perjalanan; nomor dokumen perjalanan; travel document
        number; document number; nomor paspor wna; no paspor tka; paspor no; paspor nomor
    """),
    _column("document_until", "Masa Berlaku Paspor", 14, """
        masa berlaku pasport; paspor berlaku sampai; berlaku paspor; tgl berakhir paspor; tgl akhir
        paspor; tanggal akhir paspor; tanggal_akhir_paspor; tanggal akhir pasport; tanggal berakhir
        paspor; tanggal habis berlaku paspor; expired paspor; exp paspor; paspor exp; passport expiry;
        passport expiry date; passport expired; passport valid until; date of expiry of passport; masa
        laku paspor
    """),
    _column("permit_kind", "Jenis Izin Tinggal", 14, """
        izin tinggal; ijin tinggal; jenis ijin tinggal; jenis keimigrasian; jenis izin; jenis itas;
        jenis dokim; dokim; dokumen keimigrasian; status izin tinggal; status keimigrasian; jenis visa;
        permit type; type of permit; stay permit; visa type; jenis kitas; kitas kitap
    """),
    _column("permit_index", "Indeks Visa", 10, """
        indeks; index; indeks izin tinggal; kode visa; kode indeks; index visa; visa index; permit index
    """),
    _column("permit_number", "Nomor Izin Tinggal", 18, """
        no izin tinggal; no ijin tinggal; nomor ijin tinggal; no kitas kitap; nomor kitas kitap; no itas
        itap; nomor itas itap; no itk itas itap; dokumen_kitas; dokumen kitas; no dokim; permit number;
        permit no; stay permit number; no register; nomor register
    """),
    _column("itk_number", "No. ITK", 20, """
        nomor itk; itk; no kitk
    """),
    _column("itas_number", "No. ITAS", 20, """
        nomor itas; itas; no kitas; nomor kitas; kitas; no e itas; no itas kitas; kitas number
    """),
    _column("itap_number", "No. ITAP", 20, """
        nomor itap; itap; no kitap; nomor kitap; kitap; kitap number
    """),
    _column("epo_number", "No. TSP/EPO", 20, """
        no epo; nomor epo; epo; tsp epo; exit permit only; no tsp
    """),
    _column("permit_until", "Masa Berlaku Izin Tinggal", 14, """
        masa berlaku ijin tinggal; masa berlaku itas; masa berlaku kitas; masa berlaku itas itap; masa
        berlaku kitas kitap; masa berlaku itap; masa berlaku itk; masa berlaku; masa laku; berlaku;
        berlaku sampai; berlaku s d; berlaku hingga; tanggal berakhir; tgl berakhir; tgl habis berlaku;
        masa berlaku sampai; izin tinggal sampai; tgl akhir itas; tgl akhir izin tinggal; tanggal akhir
        izin tinggal; exp itas; exp kitas; expired; valid until; stay permit expiry; permit expiry;
        permit valid until; itas berlaku sampai; kitas berlaku sampai
    """),
    _column("issued_on", "Tanggal Terbit", 20, """
        tgl terbit; tanggal penerbitan; tgl penerbitan; tanggal dikeluarkan; tanggal permohonan; tgl
        permohonan; issued on; issue date; date of issue; tgl terbit sktt; tanggal terbit sktt
    """),
    _column("nik_domicile", "NIK", 20, """
        n i k; nik sktt; nik orang asing; nik oa; nomor induk kependudukan; no nik; nomor sktt; no sktt;
        nik no sktt; nik ktp el; nik wna
    """),
)  # fmt: skip
_WORK = (
    _column("employer", "Nama Perusahaan", 28, """
        perusahaan; perusahaan pengguna; pemberi kerja; nama pemberi kerja; pengguna tka; nama
        perusahaan pengguna tka; tempat kerja; tempat bekerja; instansi tempat bekerja; pt; nama pt;
        company; company name; nama perusahaan pemberi kerja; badan usaha
    """),
    _column("job", "Jabatan", 20, """
        pekerjaan; jabatan tka; nama jabatan; pekerjaan jabatan; jabatan pekerjaan; posisi; profesi;
        occupation; position; job title; jabatan di perusahaan
    """),
    _column("work_area", "Lokasi Kerja", 20, """
        lokasi kerja tka; lokasi penempatan; tempat penempatan; wilayah kerja; lokasi; work location;
        lokasi pekerjaan; kab kota lokasi kerja; kabupaten kota lokasi kerja; penempatan
    """),
    _column("rptka_from", "RPTKA Mulai", 20, """
        rptka dari; mulai rptka; tanggal mulai rptka; tgl mulai rptka; tgl rptka; tanggal rptka; tmt
        kerja; mulai kerja; awal kontrak; berlaku dari; mulai berlaku; tanggal mulai
    """),
    _column("rptka_until", "Masa Berlaku RPTKA", 20, """
        rptka sampai; rptka berakhir; akhir rptka; tanggal akhir rptka; tgl berakhir rptka; jangka
        waktu; jangka waktu rptka; masa kerja; masa penggunaan; periode rptka; periode; akhir kontrak;
        jangka waktu penggunaan tka; masa berlaku pengesahan rptka; masa berlaku imta; masa berlaku
        notifikasi
    """),
)  # fmt: skip
_PLACE = (
    _column("address", "Alamat", 34, """
        alamat tinggal; alamat tempat tinggal; alamat di indonesia; alamat domisili; domisili; tempat
        tinggal; alamat sekarang; alamat_sekarang; alamat lengkap; alamat rumah; alamat wna; alamat tka;
        alamat orang asing; alamat tinggal wna; alamat kos; residence; address in indonesia; residential
        address; alamat sktt; jalan; alamat tinggal di indonesia
    """),
    _column("rt_rw", "RT/RW", 20, """
        rt; rw; rt rw; rtrw
    """),
    _column("village", "Desa/Kelurahan", 20, """
        desa; kelurahan; desa kel; kel desa; ds kel; kelurahan desa; nama desa; nama kelurahan; desa
        kelurahan; kel
    """),
    _column("district", "Kecamatan", 20, """
        kec; nama kecamatan; subdistrict
    """),
    _column("purpose", "Tujuan", 20, """
        maksud dan tujuan; tujuan tinggal; tujuan kunjungan; keperluan; kegiatan; aktivitas; activity;
        purpose of stay; maksud kedatangan; program studi; prodi; jurusan; study program
    """),
    _column("guarantor", "Penjamin", 24, """
        sponsor; nama sponsor; nama penjamin; penjamin sponsor; sponsor penjamin; guarantor name;
        penanggung jawab; nama penanggung jawab
    """),
    _column("institution", "Perguruan Tinggi", 20, """
        universitas; kampus; nama perguruan tinggi; nama universitas; university; sekolah; asal sekolah;
        institusi; lembaga; pondok pesantren; nama pondok
    """),
    _column("left_on", "Tanggal Keluar", 20, """
        tgl keluar; tanggal pindah; tgl pindah; tanggal epo; tgl epo; left on; departure date
    """),
    _column("citizenship", "Status Kewarganegaraan", 20, """
        warganegara_id; warganegara id; warga negara id; kewarganegaraan id; wni wna; wna wni; status
        wn; status warga negara
    """),
    _column("life_status", "Status Penduduk", 20, """
        status_dasar; status dasar
    """),
)  # fmt: skip

COLUMNS: dict[str, Column] = {column.name: column for column in (*_PERSON, *_PAPERS, *_WORK, *_PLACE)}

# Of a guest's stay, in lists of guests alone: nothing of a person, nor of where they live.
_STAY = (
    _column("lodging", "Nama Penginapan", 28, """
        penginapan; nama hotel; hotel; nama akomodasi; akomodasi; tempat menginap; nama tempat menginap;
        nama hotel penginapan; hotel penginapan; lodging; lodging name; name of lodging; hotel name;
        accommodation; accommodation name; property; property name; guest house
    """),
    _column("lodging_village", "Desa/Kelurahan Penginapan", 20, """
        desa penginapan; kelurahan penginapan; desa hotel; kelurahan hotel; village of lodging
    """),
    _column("lodging_district", "Kecamatan Penginapan", 20, """
        kecamatan hotel; kec penginapan; kec hotel; district of lodging
    """),
    _column("arrived_on", "Tanggal Check-in", 16, """
        check in; checkin; tgl check in; tanggal checkin; tgl checkin; waktu check in; check in date;
        date of check in; tanggal menginap; tgl menginap; mulai menginap; arrival; arrival date; date of
        arrival; tanggal kedatangan; tgl kedatangan
    """),
    _column("departed_on", "Tanggal Check-out", 16, """
        check out; checkout; tgl check out; tanggal checkout; tgl checkout; waktu check out; check out
        date; date of check out; selesai menginap; departure; date of departure; rencana keluar; rencana
        check out
    """),
)  # fmt: skip
STAY: dict[str, Column] = {column.name: column for column in _STAY}

NOT_KEPT = _forms("""
    no; no urut; nomor; nomor urut; agama; agama_id; status sipil; status perkawinan; status kawin;
    status_kawin; niora; no hp; no telepon; telepon; hp; email; e mail; surel; foto; keterangan; ket;
    catatan; no kk; no_kk; kk_level; suku; golongan darah; golongan_darah_id; nama ayah; nama ibu;
    nama_ayah; nama_ibu; ayah_nik; ibu_nik; nik ayah; nik ibu; pendidikan; pendidikan_kk_id;
    pendidikan_sedang_id; cacat_id; cara_kb_id; hamil; ktp_el; status_rekam; akta_lahir;
    akta_perkawinan; tanggalperkawinan; akta_perceraian; tanggalperceraian; tag_id_card; id_asuransi;
    no_asuransi; alamat sponsor; alamat penjamin; alamat perusahaan; telepon sponsor; no imk; imk; nim;
    npm; nis; semester; umur; usia; tanda tangan; dusun; tanggal masuk; tgl masuk; no rptka; nomor
    rptka; no imta; gaji; upah; nama pendamping; tki pendamping; sektor; bidang usaha; kbli; npwp;
    pekerjaan sponsor; alamat penginapan; alamat hotel; alamat akomodasi; lodging address; hotel address;
    address of lodging; nomor kamar; no kamar; kamar; room; room no; room number
""")
